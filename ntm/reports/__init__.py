"""Reports to hand in: what they say (content), and the files they are written to (word, slides, pdf, workbook)."""
