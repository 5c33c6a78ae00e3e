"""The scripts that make what the documents show: the table of numbers and the screenshots."""
