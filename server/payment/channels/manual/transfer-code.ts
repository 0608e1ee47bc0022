/** What the buyer writes on the transfer: short enough to copy by hand, and enough to tell payments apart. */
export function transferCode(outTradeNo: string): string {
  // The random end of the order's number, and which attempt it is.
  const code = outTradeNo.slice(-10);
  return `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}`;
}
