export { countries } from "#kernel/phone-countries.ts"
