export * from "./api-contract.ts"
export {
  attachmentsOf,
  attachUploads,
  filesOf,
  insertUpload,
  lockUpload,
  type PromisedFile,
  promisedFiles,
  saveFileOutcome,
  type StoredAttachment,
  type Uploader,
} from "./attachment-store.ts"
export {
  copyFileStatement,
  type ImportedFile,
  insertImportedFilesStatement,
  promiseFilesStatement,
} from "./batch-attach.ts"
export { fileRoutes, sendFile } from "./file-routes.ts"
export { purgeContents } from "./purge-contents.ts"
export { uploadCleanupJob } from "./purge-unsent-uploads.ts"
export { formLimits, maxFormBytes, maxFormFiles, receiveFormWithFiles } from "./receive-form-with-files.ts"
export { maxFileBytes, receiveUpload, typeOfStored } from "./receive-upload.ts"
export { createUploadQuota } from "./upload-quota.ts"
