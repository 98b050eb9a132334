export { countries } from "#kernel/countries.ts"
