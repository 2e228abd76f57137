"""The demo network "เครือข่ายราชการยุคใหม่ (สมมติ)": fictional, deterministic, dated relative to today, removable."""
