// Keeps in the browser for a day who the visitor is in a room; the server reads it at the next visit.

const DAY = 24 * 60 * 60;

export default function ({ data }) {
  const kept = encodeURIComponent(data.kept);
  document.cookie = `${data.cookie}=${kept}; path=/; max-age=${DAY}; samesite=lax`;
}
