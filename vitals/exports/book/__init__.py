"""The data book: a workbook of a target that an examiner can reckon again."""
