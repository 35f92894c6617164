// Tells the browser the language of the page, and keeps the visitor's choice for the next visit.

const YEAR = 365 * 24 * 60 * 60;

export default function ({ data }) {
  document.documentElement.lang = data.html;
  if (data.choice) {
    document.cookie = `${data.cookie}=${data.choice}; path=/; max-age=${YEAR}; samesite=lax`;
  }
}
