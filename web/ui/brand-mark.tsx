const brand = 'var(--cw-brand, #0d6650)';

/** Two cards in a well: the sign of a shop that has no logo, in the shop's colour. */
export function BrandMark() {
  return (
    <svg width="32" height="32" viewBox="0 0 32 32" aria-hidden="true" style={{ flex: 'none' }}>
      <rect width="32" height="32" rx="9" style={{ fill: brand }} />
      <rect x="9" y="6.5" width="16" height="11" rx="2.5" fill="#8fc7b0" transform="rotate(8 17 12)" />
      <rect x="6.5" y="12" width="19" height="13" rx="2.5" fill="#fff" />
      <rect x="9.5" y="19.5" width="7" height="2.2" rx="1.1" style={{ fill: brand }} />
      <circle cx="21.5" cy="16.5" r="1.8" fill="#d8573a" />
    </svg>
  );
}
