"""What the pages share: the layer between `metrics_core` and the screen."""
