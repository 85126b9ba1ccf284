"""The linear model family: features, and prediction with numpy alone."""
