"""Reports to hand in: what they say (content, tasks, pieces, deck), as a document, and the files it is written to."""
