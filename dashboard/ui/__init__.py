"""What pages are laid out with; beside app.py and pages/ the only modules that know Streamlit."""
