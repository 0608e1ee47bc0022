import qrcode from 'qrcode-generator';
import { useMemo } from 'react';
import classes from './qr-code.module.css';

const quietZone = 3; // modules; four is the norm, the white frame around adds the rest

/** A code as one crisp path. Always dark on white: some wallets and authenticator apps cannot read inverted codes. */
export function QrCode({ content, label }: { content: string; label: string }) {
  const { path, size } = useMemo(() => drawQr(content), [content]);
  return (
    <div className={classes.frame}>
      <svg role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges">
        <path d={path} fill="#111" />
      </svg>
    </div>
  );
}

function drawQr(content: string): { path: string; size: number } {
  const code = qrcode(0, 'M');
  code.addData(content, 'Byte');
  code.make();
  const count = code.getModuleCount();
  let path = '';
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < count; column++) {
      if (code.isDark(row, column)) path += `M${column + quietZone} ${row + quietZone}h1v1h-1z`;
    }
  }
  return { path, size: count + 2 * quietZone };
}
