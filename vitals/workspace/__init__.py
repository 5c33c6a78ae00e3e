"""A workspace: what is loaded, stored, settled, taken back, remembered and decided."""

from vitals.workspace.load import LoadOptions, Report, Upload, load_files, report_of, undo

__all__ = ["LoadOptions", "Report", "Upload", "load_files", "report_of", "undo"]
