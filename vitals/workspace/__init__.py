"""A workspace: what is loaded, stored, settled, taken back, remembered and decided."""

from vitals.workspace.load import LoadOptions, Upload, load_files, report_of, undo
from vitals.workspace.report import FileColumns, Report, failed

__all__ = ["FileColumns", "LoadOptions", "Report", "Upload", "failed", "load_files", "report_of", "undo"]
