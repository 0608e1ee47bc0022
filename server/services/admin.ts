import { createLoginThrottle } from '../account/login-throttle.ts';
import type { Context } from '../context.ts';
import type { App } from '../http/app-type.ts';
import { adminRoutes } from '../http/plugins/admin-auth.ts';
import { addPictureRoute } from '../http/routes/admin/add-picture.ts';
import { appearanceRoutes } from '../http/routes/admin/appearance.ts';
import { showAuditChainRoute, verifyAuditChainRoute } from '../http/routes/admin/audit-chain.ts';
import { backupRoutes } from '../http/routes/admin/backups.ts';
import { adminCancelOrderRoute, completeOrderRoute, refundOrderRoute } from '../http/routes/admin/change-order.ts';
import { changeOrdersRoute } from '../http/routes/admin/change-orders.ts';
import { changeOwnNameRoute } from '../http/routes/admin/change-own-name.ts';
import { changeOwnerPasswordRoute } from '../http/routes/admin/change-owner-password.ts';
import { channelRoutes } from '../http/routes/admin/channels.ts';
import { confirmPaymentRoute } from '../http/routes/admin/confirm-payment.ts';
import { copyProductRoute } from '../http/routes/admin/copy-product.ts';
import { couponSetRoutes } from '../http/routes/admin/coupon-sets.ts';
import { createCategoryRoute } from '../http/routes/admin/create-category.ts';
import { createCouponRoute } from '../http/routes/admin/create-coupon.ts';
import { createProductRoute } from '../http/routes/admin/create-product.ts';
import { createSkuRoute } from '../http/routes/admin/create-sku.ts';
import { createTokenRoute } from '../http/routes/admin/create-token.ts';
import { showDegradeRoute, turnDegradeRoute } from '../http/routes/admin/degrade-mode.ts';
import { deleteCategoryRoute } from '../http/routes/admin/delete-category.ts';
import { deleteCouponRoute } from '../http/routes/admin/delete-coupon.ts';
import { deleteProductRoute } from '../http/routes/admin/delete-product.ts';
import { deleteSkuRoute } from '../http/routes/admin/delete-sku.ts';
import { exportDeskRoutes } from '../http/routes/admin/export-desk.ts';
import { exportOrdersRoute } from '../http/routes/admin/export-orders.ts';
import { firstRunRoutes } from '../http/routes/admin/first-run.ts';
import { legalTextRoutes } from '../http/routes/admin/legal-texts.ts';
import { listAuditLogRoute } from '../http/routes/admin/list-audit-log.ts';
import { listCategoriesRoute } from '../http/routes/admin/list-categories.ts';
import { listCouponsRoute } from '../http/routes/admin/list-coupons.ts';
import { listOrdersRoute } from '../http/routes/admin/list-orders.ts';
import { listAdminProductsRoute } from '../http/routes/admin/list-products.ts';
import { listRestockWaitsRoute } from '../http/routes/admin/list-restock-waits.ts';
import { listTokensRoute } from '../http/routes/admin/list-tokens.ts';
import { logInOwnerRoute } from '../http/routes/admin/log-in-owner.ts';
import { logOutOwnerRoute } from '../http/routes/admin/log-out-owner.ts';
import { moveEntryRoutes } from '../http/routes/admin/move-entries.ts';
import { noticeDeliveryRoutes } from '../http/routes/admin/notice-deliveries.ts';
import { noticeTargetRoutes } from '../http/routes/admin/notice-targets.ts';
import { passwordLinkRoutes } from '../http/routes/admin/password-links.ts';
import { paymentRoutes } from '../http/routes/admin/payments.ts';
import { proposalRoutes } from '../http/routes/admin/proposals.ts';
import { proveAgainRoute } from '../http/routes/admin/prove-again.ts';
import { reconciliationRoutes } from '../http/routes/admin/reconciliations.ts';
import { refundRoutes } from '../http/routes/admin/refunds.ts';
import { removeSampleDataRoute } from '../http/routes/admin/remove-sample-data.ts';
import { replaceCardsRoute } from '../http/routes/admin/replace-cards.ts';
import { resendMailRoute } from '../http/routes/admin/resend-mail.ts';
import {
  listReviewCasesRoute,
  resolveReviewCaseRoute,
  resolveReviewCasesRoute,
} from '../http/routes/admin/review-cases.ts';
import { revokeTokenRoute } from '../http/routes/admin/revoke-token.ts';
import { secondFactorRoutes } from '../http/routes/admin/second-factor.ts';
import { sessionRoutes } from '../http/routes/admin/sessions.ts';
import { setUpOwnerRoute } from '../http/routes/admin/set-up-owner.ts';
import { adminShowOrderRoute } from '../http/routes/admin/show-order.ts';
import { showOverviewRoute } from '../http/routes/admin/show-overview.ts';
import { showAdminProductRoute } from '../http/routes/admin/show-product.ts';
import { showRevenueRoute } from '../http/routes/admin/show-revenue.ts';
import { showSettingsRoute } from '../http/routes/admin/show-settings.ts';
import { showSetupRoute } from '../http/routes/admin/show-setup.ts';
import { showSkuRoute } from '../http/routes/admin/show-sku.ts';
import { showTimelineRoute } from '../http/routes/admin/show-timeline.ts';
import { skuWebhookRoutes } from '../http/routes/admin/sku-webhook.ts';
import { staffRoutes } from '../http/routes/admin/staff.ts';
import { systemRoutes } from '../http/routes/admin/system.ts';
import { updateCategoryRoute } from '../http/routes/admin/update-category.ts';
import { updateCouponRoute } from '../http/routes/admin/update-coupon.ts';
import { updateProductRoute } from '../http/routes/admin/update-product.ts';
import { updateSettingsRoute } from '../http/routes/admin/update-settings.ts';
import { updateSkuRoute } from '../http/routes/admin/update-sku.ts';
import { whoAmIRoute } from '../http/routes/admin/who-am-i.ts';

/** What only somebody at the desk, or a token, may call; each route names the action that it takes. */
const guarded: readonly ((app: App, context: Context) => void)[] = [
  whoAmIRoute,
  changeOwnNameRoute,
  showOverviewRoute,
  logOutOwnerRoute,
  listCategoriesRoute,
  createCategoryRoute,
  updateCategoryRoute,
  deleteCategoryRoute,
  listAdminProductsRoute,
  showAdminProductRoute,
  createProductRoute,
  updateProductRoute,
  deleteProductRoute,
  copyProductRoute,
  moveEntryRoutes,
  showSkuRoute,
  createSkuRoute,
  updateSkuRoute,
  deleteSkuRoute,
  skuWebhookRoutes,
  listCouponsRoute,
  createCouponRoute,
  updateCouponRoute,
  deleteCouponRoute,
  appearanceRoutes,
  legalTextRoutes,
  firstRunRoutes,
  couponSetRoutes,
  showSettingsRoute,
  updateSettingsRoute,
  showDegradeRoute,
  turnDegradeRoute,
  removeSampleDataRoute,
  listTokensRoute,
  createTokenRoute,
  revokeTokenRoute,
  listAuditLogRoute,
  showAuditChainRoute,
  verifyAuditChainRoute,
  listOrdersRoute,
  exportOrdersRoute,
  exportDeskRoutes,
  adminShowOrderRoute,
  showTimelineRoute,
  completeOrderRoute,
  adminCancelOrderRoute,
  refundOrderRoute,
  replaceCardsRoute,
  resendMailRoute,
  proposalRoutes,
  changeOrdersRoute,
  confirmPaymentRoute,
  listReviewCasesRoute,
  resolveReviewCaseRoute,
  resolveReviewCasesRoute,
  channelRoutes,
  reconciliationRoutes,
  paymentRoutes,
  refundRoutes,
  showRevenueRoute,
  noticeTargetRoutes,
  noticeDeliveryRoutes,
  listRestockWaitsRoute,
  staffRoutes,
  sessionRoutes,
  systemRoutes,
  backupRoutes,
];

export async function adminService(app: App, context: Context): Promise<void> {
  const loginThrottle = createLoginThrottle({ on: context.config.limits, redis: context.redis, door: 'owner' });
  showSetupRoute(app, context);
  setUpOwnerRoute(app, context);
  logInOwnerRoute(app, context, loginThrottle);
  passwordLinkRoutes(app, context);
  await adminRoutes(app, context, async (scope) => {
    for (const route of guarded) route(scope, context);
    await addPictureRoute(scope, context);
    changeOwnerPasswordRoute(scope, context, loginThrottle);
    secondFactorRoutes(scope, context, loginThrottle);
    proveAgainRoute(scope, context, loginThrottle);
  });
}
