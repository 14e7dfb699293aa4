"""What has room where: columns and sentences on a screen, letters on paper."""
