"""From the table to choices: scenario, score, rank."""
