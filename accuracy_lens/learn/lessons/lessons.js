// Keeps in the browser how far the visitor is in each lesson; the server reads it at the next visit.

const YEAR = 365 * 24 * 60 * 60;

export default function ({ data }) {
  const kept = encodeURIComponent(data.kept);
  document.cookie = `${data.cookie}=${kept}; path=/; max-age=${YEAR}; samesite=lax`;
}
