"""The way in: other people's workbooks and tables, understood, checked and turned into facts."""
