// What a refusal of the Graph API means. Meta's advice: build on the code, never on titles or the HTTP status – rate
// limits come as 400, and some 500s are permanent. (developers.facebook.com, error codes, 2026-05-15)

import type { Failure, FailureClass } from "../outgoing-message.ts"

const retryOf: Record<FailureClass, Failure["retry"]> = {
  rate: "later",
  transient: "later",
  recipient: "never",
  request: "never",
  account: "later",
  policy: "after_24h",
  media: "once",
}

type Rows = Record<string, readonly number[]>

const byClass: Record<FailureClass, Rows> = {
  rate: { rate_limited: [4, 80007, 130429, 133016], pair_rate: [131056] },
  transient: { temporary: [1, 2, 131000, 131016, 133004], maintenance: [131057] },
  recipient: {
    undeliverable: [131026],
    not_allowed_recipient: [131030],
    own_number: [131021],
    opted_out: [131050],
    unsupported_type: [131051],
    window_closed: [470, 131047],
  },
  request: {
    bad_request: [33, 100, 131008, 131009, 135000],
    template_parameters: [132000, 132012],
    template_missing: [132001],
    template_too_long: [132005],
    template_policy: [132007],
    template_paused: [132015],
    template_disabled: [132016],
    flow_blocked: [132068, 132069],
    not_registered: [133000, 133010],
  },
  account: {
    token: [0, 190],
    permission: [3, 10, 131005],
    account_blocked: [368, 131031],
    country_blocked: [130497],
    billing: [131042],
    certificate: [131045],
  },
  policy: { spam_limit: [131048], ecosystem: [131049], experiment: [130472] },
  media: { media_download: [131052], media_upload: [131053] },
}

const byCode = new Map(
  (Object.entries(byClass) as [FailureClass, Rows][]).flatMap(([kind, rows]) =>
    Object.entries(rows).flatMap(([reasonCode, codes]) =>
      codes.map((code) => [code, failure(kind, reasonCode)] as const),
    ),
  ),
)

/** By the code when there is one that we know, else by the HTTP status; neither means that nothing came back. */
export function classifySendFailure({ code, httpStatus }: { code: number | null; httpStatus: number | null }): Failure {
  const known = code === null ? undefined : byCode.get(code)
  if (known) return known
  if (code !== null && code >= 200 && code <= 299) return failure("account", "permission")
  return byStatus(code, httpStatus)
}

function byStatus(code: number | null, status: number | null): Failure {
  // A report of failure carries no HTTP status: whatever its code, the message was refused for good.
  if (status === null) return code === null ? failure("transient", "temporary") : failure("request", "refused")
  if (status === 429) return failure("rate", "rate_limited")
  if (status >= 500 || status === 408 || status === 425) return failure("transient", "temporary")
  return failure("request", "refused")
}

function failure(kind: FailureClass, reasonCode: string): Failure {
  return { class: kind, retry: retryOf[kind], reasonCode }
}

/** Every reason that can be given, for the catalogue of texts to be held against. */
export const reasonCodes = [...new Set([...byCode.values()].map((it) => it.reasonCode)), "refused"]
