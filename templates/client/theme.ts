// Runs as a classic script before the first paint; main.ts does the rest. Keep it under 400 bytes.
try {
  const stored = localStorage.getItem('theme');
  if (stored === 'light' || stored === 'dark') document.documentElement.dataset.theme = stored;
} catch {
  // Storage may be forbidden; the system's colours then rule.
}
