/** Beginnings of legal texts, for an owner to go on from. They describe what the shop really does. */
import type { LegalKind } from '../../../contract/appearance.ts';

export const legalTemplates: Readonly<Record<LegalKind, { zh: string; en: string }>> = {
  terms: {
    zh: `# 适用范围

本协议适用于您在本店购买的数字商品（卡密、激活码、充值服务等）。提交订单即表示您同意本协议。

# 订单与发货

- 价格以下单时页面显示的为准。
- 付款成功后，卡密商品自动发货，显示在订单页；人工发货的商品会在说明的时间内完成。
- 请妥善保管订单链接和查询密码，凭它们可以随时查看卡密。

# 使用

- 卡密一经查看，请尽快使用。
- 请按商品说明使用，不得用于违法用途。`,
    en: `# What this covers

These terms apply to digital goods bought in this shop: card keys, activation codes, top-ups. Placing an order accepts them.

# Orders and delivery

- The price is the one shown when you place the order.
- Card keys are delivered on the order page as soon as the payment has arrived; goods by hand within the time stated.
- Keep the link of your order and its password: they show your cards at any time.

# Use

- Please use a card soon after you have seen it.
- Use goods as described, and for nothing unlawful.`,
  },
  privacy: {
    zh: `# 我们保存什么

- 下单时填写的联系方式，用来发送订单信息和供您查询订单。
- 订单内容、付款渠道的交易号，以及防止恶意下单所需的设备和网络标识的摘要。

# 我们不做什么

- 不出售、不与第三方分享您的信息；付款由支付渠道处理，我们看不到您的银行卡号。
- 卡密加密保存。

# 您的权利

您可以联系客服，查询或删除您的联系方式。`,
    en: `# What we keep

- The contact given with an order, to send what belongs to it and to let you find it again.
- What was ordered, the payment channel's number, and digests of device and network that keep bots out.

# What we do not do

- We sell and share nothing. Payments are made at the payment channel; we never see the number of your bank card.
- Card keys are kept encrypted.

# Your rights

Write to us to learn what we keep of you, or to have your contact removed.`,
  },
  refunds: {
    zh: `- 卡密无效、已被使用或与描述不符：收到后 24 小时内联系客服，核实后换货或原路退款。
- 付款成功但没有收到商品：系统会自动补发或退款，也可以联系客服。
- 已经查看且有效的卡密是一次性的数字商品，不支持无理由退款。
- 退款原路返回，到账时间以支付渠道为准。`,
    en: `- A card that does not work, was used before, or is not as described: write within 24 hours. Once we have checked it, you get another one or your money back.
- Paid and nothing received: the shop delivers or refunds by itself, and you may always write to us.
- A working card that has been seen cannot be taken back.
- Refunds go back the way the money came; how long it takes is up to the payment channel.`,
  },
};
