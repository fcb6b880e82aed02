"""Administrative measures as versioned rule files."""
