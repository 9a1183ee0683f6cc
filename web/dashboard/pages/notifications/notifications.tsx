import { PageHeader } from '../../../ui/page-header.tsx'

export const NotificationsPage = () => <PageHeader title="Notifications" />
