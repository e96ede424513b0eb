"""The server's edge: what comes before Streamlit. Each guard is one small ASGI middleware."""
