"""The New Rural Development dashboard's library: data in, tables, charts and maps out. No Streamlit outside ntm.ui."""
