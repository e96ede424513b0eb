"""What programs ask the server for: the data (/api/v1), its health and its metrics. Read-only, beside the pages."""
