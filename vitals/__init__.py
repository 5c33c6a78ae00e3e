"""MSP Vitals: the truth about a managed service provider's operating model, from its exports."""

import os

# openpyxl takes lxml where it is installed, as it is for packs: that guards against less, and fails otherwise
os.environ["OPENPYXL_LXML"] = "False"
