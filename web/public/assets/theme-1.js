// Runs before the first paint, so that a chosen theme never flashes. A file of its own: the page allows no inline script.
// Browsers keep it for a year: raise the number in its name with every change.
try {
  const theme = localStorage.getItem("hilo.theme")
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme
} catch {
  // Storage may be forbidden; the system's theme is then used.
}
