/**
 * Every error the outside can see: RFC 9457 problem details with a stable `code`.
 * Operations return outcomes, `http/problem-reply.ts` maps them here; nobody writes a status number by hand.
 */
export const problems = {
  // the request itself
  invalid_request: { status: 400, title: 'The request is not valid.' },
  malformed_json: { status: 400, title: 'The body is not valid JSON.' },
  body_too_large: { status: 413, title: 'The body is larger than this route takes.' },
  unsupported_media_type: { status: 415, title: 'This route does not take that content type.' },
  not_found: { status: 404, title: 'There is nothing here.' },
  method_not_allowed: { status: 405, title: 'This address does not take that method.' },
  too_many_requests: { status: 429, title: 'Too many requests. Please wait a moment.' },
  // who you are
  unauthorized: { status: 401, title: 'Please prove who you are.' },
  forbidden: { status: 403, title: 'You may not do this.' },
  csrf_failed: { status: 403, title: 'The request did not come from our own page.' },
  setup_link_used: { status: 410, title: 'This set-up link has been used or has expired.' },
  account_exists: { status: 409, title: 'There is already an account with this address.' },
  wrong_credentials: { status: 401, title: 'Name or password is wrong.' },
  second_factor_needed: { status: 401, title: 'The password is right. A code of the second factor is needed too.' },
  wrong_code: { status: 401, title: 'The code is wrong, or was used before.' },
  second_factor_conflict: { status: 409, title: 'The second factor is not in a state that allows this.' },
  person_not_found: { status: 404, title: 'There is nobody with this number.' },
  person_disabled: { status: 409, title: 'This person is disabled. Let them in again first.' },
  last_owner: { status: 409, title: 'The shop needs at least one owner who can sign in.' },
  session_not_found: { status: 404, title: 'There is no such session, or it has ended.' },
  // catalogue
  product_not_found: { status: 404, title: 'This product does not exist.' },
  category_not_found: { status: 404, title: 'This category does not exist.' },
  sku_not_found: { status: 404, title: 'This variant does not exist.' },
  sku_unavailable: { status: 409, title: 'This variant is not on sale.' },
  slug_taken: { status: 409, title: 'Another entry already has this address name.' },
  edit_conflict: { status: 409, title: 'Somebody else changed this meanwhile. Load it again.' },
  in_use: { status: 409, title: 'This is still in use.' },
  // orders
  order_not_found: { status: 404, title: 'There is no such order, or the key to it is wrong.' },
  sold_out: { status: 409, title: 'Not enough stock is left.' },
  quantity_out_of_range: { status: 422, title: 'This quantity is not allowed for this variant.' },
  buyer_limit_reached: { status: 409, title: 'The limit of this variant per buyer is reached.' },
  too_many_open_orders: { status: 429, title: 'Too many unpaid orders are open. Pay or cancel one first.' },
  mixed_currencies: { status: 422, title: 'The lines of one order must share a currency.' },
  coupon_invalid: { status: 422, title: 'This coupon cannot be used for this order.' },
  idempotency_key_reused: { status: 422, title: 'This Idempotency-Key was used for a different request.' },
  order_not_cancellable: { status: 409, title: 'This order can no longer be cancelled.' },
  order_not_payable: { status: 409, title: 'This order can no longer be paid.' },
  order_not_delivered: { status: 409, title: 'This order has not been delivered yet.' },
  order_state_conflict: { status: 409, title: 'The order is not in a state that allows this.' },
  ticket_not_found: { status: 404, title: 'There is no such ticket, or the key to it is wrong.' },
  ticket_expired: { status: 410, title: 'The order waited too long to be placed. Please order again.' },
  // payments
  channel_not_found: { status: 404, title: 'There is no such payment channel.' },
  channel_code_taken: { status: 409, title: 'Another channel has this code.' },
  channel_unavailable: { status: 503, title: 'This payment channel does not answer. Please choose another.' },
  too_many_attempts: { status: 409, title: 'Too many payment attempts for this order.' },
  callback_rejected: { status: 400, title: 'The callback could not be verified.' },
  payment_not_found: { status: 404, title: 'There is no such payment.' },
  payment_not_confirmable: {
    status: 409,
    title: 'Only a transfer by hand can be confirmed by a person, and only once.',
  },
  refund_exceeds_payment: { status: 422, title: 'A refund cannot exceed what was received.' },
  bill_not_ready: { status: 409, title: 'The channel has no bill of that day, or not yet.' },
  report_not_found: { status: 404, title: 'No bill of that day has been compared.' },
  refund_finished: { status: 409, title: 'This refund has ended: the channel is not asked about it any more.' },
  refund_not_found: { status: 404, title: 'There is no such refund.' },
  // cards, review, administration
  card_not_found: { status: 404, title: 'There is no such card.' },
  card_state_conflict: { status: 409, title: 'The card is not in a state that allows this.' },
  import_rejected: { status: 422, title: 'The card file cannot be imported.' },
  review_case_not_found: { status: 404, title: 'There is no such review case.' },
  review_case_closed: { status: 409, title: 'This review case has already been settled.' },
  token_not_found: { status: 404, title: 'There is no such token.' },
  // us
  overloaded: { status: 503, title: 'The shop is very busy. Please try again in a moment.' },
  database_unavailable: {
    status: 503,
    title: 'The shop cannot reach its database right now. Nothing was lost; please try again.',
  },
  shutting_down: { status: 503, title: 'This process is stopping. Please try again.' },
  internal: { status: 500, title: 'Something went wrong on our side.' },
} as const;
export type ProblemCode = keyof typeof problems;
