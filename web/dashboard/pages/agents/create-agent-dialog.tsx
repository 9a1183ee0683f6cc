import { Button, Checkbox, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Dialog } from '../../../ui/dialog.tsx'
import { ProblemAlert } from '../../../ui/problem-alert.tsx'
import { answer, api } from '../../api.ts'
import { useSession } from '../../session.ts'

export function CreateAgentDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { organization } = useSession()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const form = useForm({ initialValues: { name: '', is_active: true } })
  const create = useMutation({
    mutationFn: (body: typeof form.values) =>
      answer(
        api.POST('/v1/organizations/{organizationId}/agents', {
          params: { path: { organizationId: organization.id } },
          body,
        }),
      ),
    onSuccess: async agent => {
      onClose()
      form.reset()
      void queries.invalidateQueries({ queryKey: ['agents'] })
      await queries.invalidateQueries({ queryKey: ['metrics'] })
      await navigate({ to: '/agents/$agentId', params: { agentId: agent.id }, search: {} })
    },
  })
  const close = () => {
    onClose()
    create.reset()
  }
  return (
    <Dialog opened={opened} onClose={close} title="New agent">
      <form onSubmit={form.onSubmit(values => create.mutate(values))}>
        <Stack>
          <ProblemAlert error={create.error} />
          <TextInput label="Name" required maxLength={255} data-autofocus {...form.getInputProps('name')} />
          <Checkbox
            label="Active"
            description="Active agents count against your plan; events of inactive ones are recorded as well."
            {...form.getInputProps('is_active', { type: 'checkbox' })}
          />
          <Button type="submit" loading={create.isPending}>
            Register the agent
          </Button>
        </Stack>
      </form>
    </Dialog>
  )
}
