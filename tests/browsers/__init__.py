"""The browsers that students have: an old Chrome, Firefox ESR and WebKitGTK look at the built pages."""
