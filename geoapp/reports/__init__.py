"""What is read on paper: one module per report or section."""
