import { useState } from 'react';
import type { ProductView } from '../../../contract/shop.ts';
import { ProductCover } from '../catalog/product-cover.tsx';
import { useTexts } from '../shop-texts.ts';
import classes from './product-pictures.module.css';

const sizes = '(min-width: 48em) 480px, 100vw';

/** The cover alone, or one picture at a time with small ones to choose from. */
export function ProductPictures({ product }: { product: ProductView }) {
  const t = useTexts();
  const [at, setAt] = useState(0);
  const { pictures } = product;
  const shown = pictures[at];
  return (
    <>
      <div className={classes.frame}>
        {at > 0 && shown ? (
          <img
            className={classes.picture}
            src={shown.url}
            srcSet={shown.srcset}
            sizes={sizes}
            width={shown.width}
            height={shown.height}
            alt={shown.alt}
          />
        ) : (
          <ProductCover product={product} sizes={sizes} eager />
        )}
      </div>
      {pictures.length > 1 && (
        <ul className={classes.thumbs} aria-label={t('product.pictures')}>
          {pictures.map((picture, index) => (
            <li key={picture.url}>
              <button
                type="button"
                className={classes.thumb}
                aria-current={index === at}
                aria-label={picture.alt || t('product.picture', { number: index + 1 })}
                onClick={() => setAt(index)}
              >
                <img src={picture.srcset.split(' ')[0]} width={64} height={64} alt="" loading="lazy" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
