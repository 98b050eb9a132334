export { countries } from "#kernel/supported-phone-countries.ts"
