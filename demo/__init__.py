"""The invented school of ./run demo: its people and pairs stand in the TOML files, the code tells what happened to them up to today."""
