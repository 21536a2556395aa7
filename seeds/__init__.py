"""An invented province, told in stories through the operations of the rooms."""
