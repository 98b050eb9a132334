export const roles = ["user", "agent", "lead", "admin"] as const
export type Role = (typeof roles)[number]
export const staffRoles = ["agent", "lead", "admin"] as const satisfies Role[]
