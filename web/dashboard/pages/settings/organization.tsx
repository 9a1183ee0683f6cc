import { PageHeader } from '../../../ui/page-header.tsx'

export const OrganizationPage = () => <PageHeader title="Settings" />
