"""Parts of the page: functions from state and data to components."""
