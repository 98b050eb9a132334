import { z } from "zod"

/** `redirectUri`: what the provider must know of the desk's app. `ended`: somebody signs in again. */
export const signInState = z
  .object({
    redirectUri: z.string(),
    state: z.enum(["none", "signed_in", "ended"]),
    signedInAt: z.date().nullable(),
    endedAt: z.date().nullable(),
    /** Why the last try brought no other access token, while the sign-in is good: `app`, `server` or `refused`. */
    failure: z.string().nullable(),
  })
  .meta({ id: "ConnectionSignIn" })
export type SignInState = z.output<typeof signInState>

export const begunSignIn = z.object({
  authorizationUrl: z.string().describe("Where the browser goes on"),
  endsAt: z.date().describe("Until when the person may come back"),
})

const given = (longest: number) => z.string().max(longest).optional()

/** Providers add parameters of their own. */
export const returnedQuery = z.looseObject({
  state: z.string().max(500),
  code: given(8_000),
  error: given(200),
  error_description: given(4_000),
  iss: given(500),
})
