import { useId, useState } from 'react';
import type { ProductView } from '../../../contract/shop.ts';
import { type CoverArt, coverArt } from './cover-art.ts';
import classes from './product-cover.module.css';

interface Props {
  product: Pick<ProductView, 'slug' | 'name' | 'imageUrl' | 'pictures'>;
  /** How wide it will stand, for the choice among its sizes. */
  sizes?: string;
  /** The first pictures on a page are needed at once. */
  eager?: boolean;
}

const cardSizes = '(min-width: 60em) 270px, (min-width: 48em) 33vw, 50vw';

/** The picture of a product, or a drawn one. It stands beside the name, so it says nothing more to screen readers. */
export function ProductCover({ product, sizes = cardSizes, eager }: Props) {
  const [isBroken, setBroken] = useState(false);
  const cover = product.pictures[0];
  const src = cover?.url ?? product.imageUrl;
  if (src && !isBroken) {
    return (
      <img
        className={classes.cover}
        src={src}
        {...(cover && { srcSet: cover.srcset, sizes, width: cover.width, height: cover.height })}
        alt=""
        loading={eager ? 'eager' : 'lazy'}
        decoding="async"
        onError={() => setBroken(true)}
      />
    );
  }
  return <DrawnCover art={coverArt(product.slug, product.name)} />;
}

function DrawnCover({ art }: { art: CoverArt }) {
  const id = useId();
  return (
    <svg className={classes.cover} viewBox="0 0 320 200" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
      <defs>
        <linearGradient id={id} x1="0" y1="0" x2="1" y2="1">
          <stop offset="0" stopColor={art.from} />
          <stop offset="1" stopColor={art.to} />
        </linearGradient>
      </defs>
      <rect width="320" height="200" fill={`url(#${id})`} />
      <g fill="none" stroke="#fff" strokeOpacity="0.16">
        <Motif motif={art.motif} />
      </g>
      <g fill="#fff">
        <rect x="24" y="38" width="34" height="25" rx="5" fillOpacity="0.85" />
        <path d="M24 50.5h34M41 38v25" stroke={art.from} strokeOpacity="0.5" strokeWidth="1.5" />
        <text x="24" y="162" fontSize={art.letters.length > 6 ? 34 : 44} fontWeight="700" letterSpacing="-0.5">
          {art.letters}
        </text>
      </g>
    </svg>
  );
}

function Motif({ motif }: { motif: CoverArt['motif'] }) {
  if (motif === 'rings') {
    return [40, 76, 112, 148].map((r) => <circle key={r} cx="268" cy="52" r={r} strokeWidth="14" />);
  }
  if (motif === 'bands') {
    return [150, 200, 250, 300, 350].map((x) => <path key={x} d={`M${x} -20 L${x - 130} 220`} strokeWidth="16" />);
  }
  if (motif === 'arc') {
    return [60, 100, 140].map((y) => (
      <path key={y} d={`M120 ${y + 80} Q 230 ${y - 90} 360 ${y + 30}`} strokeWidth="18" />
    ));
  }
  return [0, 1, 2, 3, 4].flatMap((row) =>
    [0, 1, 2, 3, 4, 5].map((column) => (
      <circle key={`${row}.${column}`} cx={180 + column * 28} cy={20 + row * 28} r="5" strokeWidth="8" />
    )),
  );
}
