export const zh = {
  title: '店铺设置',
  name: '店铺名称',
  needName: '请填写店铺名称。',
  announcement: '公告',
  announcementHint: '显示在店铺首页上方；留空不显示',
  samples: '示例数据',
  samplesSays: '店里还有示例商品，正式营业前可以一键移除。',
  samplesRemove: '移除示例数据',
  samplesAsk: '示例商品和它们的卡密会被删除，不能恢复。有人下过单的示例商品会改为「已归档」。',
  samplesSure: '确认移除',
} as const;
