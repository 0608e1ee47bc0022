export const zh = {
  terms: '用户协议',
  privacy: '隐私政策',
  refunds: '退款说明',
  gone: '本店没有这份说明',
  asOf: '更新于 {date}',
  agree: '提交订单即表示您同意：',
  and: '、',
  safeMode: '安全模式：未加载店铺的自定义样式。',
  safeModeOff: '退出安全模式',
} as const;
