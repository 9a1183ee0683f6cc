/** Written by `npm run generate` from openapi.json. Not to be edited. */

export interface paths {
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This API, as OpenAPI 3.1 */
        get: operations["getOpenapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Is the process alive? */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Can it do its work: database, migrations, worker? */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organizationId}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Look through events, newest first
         * @description A page at a time: send `next_cursor` as `cursor` for the page behind. What arrives meanwhile moves nothing. A question that finds little among very many events is stopped after ten seconds (`analytics.query_too_slow`): give it a shorter period.
         */
        get: operations["listEvents"];
        put?: never;
        /**
         * Report what has happened
         * @description Up to 1000 events. They are stored durably before the answer comes, and a request that is sent again changes nothing: `id` and `created_at` tell an event.
         *
         *     These types count in metrics: `message.created` (`properties.tokens`, `properties.response_time_ms`), `conversation.started`, `workflow.executed`, `agent.error` and `conversation.rated` (`properties.score`); any other name is free. Events are never refused for the limit of a plan.
         */
        post: operations["createEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organizationId}/events/types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read which types of events there are
         * @description Of the newest events of the period, the most frequent first: what a filter offers.
         */
        get: operations["listEventTypes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organizationId}/events.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Take events away as CSV, newest first
         * @description Any number of them, streamed. Each event that was stored when the export began is in it once; later ones may be. A file that ends is whole: on a failure the connection breaks. `properties` is JSON; text that a spreadsheet would take for a formula has an apostrophe before it.
         */
        get: operations["exportEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organizationId}/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read how an organization does, against the period before
         * @description The last 30 days where no period is given. Figures follow the events within seconds, and late events change them. Do not add up active users: `totals` counts each once.
         */
        get: operations["getOverview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organizationId}/metrics/daily": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the figures of an organization, day by day
         * @description One item for each day that has events, in order. Figures follow the events within seconds, and late events change them.
         */
        get: operations["listDailyMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organizationId}/active-users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count the different people of any range, exactly
         * @description However long the range is, also where its events are archived. The last 30 days where none is given.
         */
        get: operations["getActiveUsers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organizationId}/metrics/daily.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Take the figures of each day away as CSV
         * @description A row for each day of the period, days without events included. The last 30 days where no period is given.
         */
        get: operations["exportDailyMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organizationId}/agents.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Take your agents with their figures away as CSV
         * @description A row for each agent, by id. The last 30 days where no period is given.
         */
        get: operations["exportAgents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/metrics-glossary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read how each figure is computed
         * @description One entry for each figure, under the name that it has in every answer. The same for everybody.
         */
        get: operations["getMetricsGlossary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organizationId}/agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read your agents with their figures, sorted by any of them
         * @description A page at a time: send `next_cursor` as `cursor` for the page behind, with the same order. Agents without a figure to sort by come last. The last 30 days where no period is given.
         */
        get: operations["listAgents"];
        put?: never;
        /**
         * Make an agent
         * @description It gets an id of ours. One that has an id elsewhere is registered under that with PUT. Active agents count against the plan; an inactive one can always be registered, and its events are recorded like any other.
         */
        post: operations["createAgent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organizationId}/agents/{agentId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read how an agent does, against the period before
         * @description The last 30 days where no period is given. Its failures are `GET …/events?agent_id=…&type=agent.error`, its busiest hours `GET …/agents/{agentId}/busiest-hours`.
         */
        get: operations["getAgent"];
        /**
         * Register an agent under your own id, or change it
         * @description The same again changes nothing. Active agents count against the plan; an inactive one can always be registered, and its events are recorded like any other.
         */
        put: operations["registerAgent"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organizationId}/agents/{agentId}/busiest-hours": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read in which hours of the week an agent is busy
         * @description Counted from events, so only of those that are not archived; stopped after ten seconds (`analytics.query_too_slow`).
         */
        get: operations["getAgentBusiestHours"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organizationId}/agents/{agentId}/activation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Activate an agent
         * @description Active agents count against the plan; an inactive one can always be registered, and its events are recorded like any other.
         */
        put: operations["activateAgent"];
        post?: never;
        /**
         * Deactivate an agent
         * @description It counts against the plan no longer; its events are recorded all the same.
         */
        delete: operations["deactivateAgent"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organizationId}/agents/{agentId}/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the figures of an agent, day by day
         * @description One item for each day on which the agent has events, in order.
         */
        get: operations["listAgentMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organizationId}/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the conversations of the organization or of one agent, newest first
         * @description A page at a time: send `next_cursor` as `cursor` for the page behind. Where the product brought the table, what it does not say is null.
         */
        get: operations["listConversations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organizationId}/conversations/{conversationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a conversation
         * @description What was said is `GET …/conversations/{conversationId}/messages`. Where the product brought the table, what it does not say is null.
         */
        get: operations["getConversation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organizationId}/conversations/{conversationId}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the messages of a conversation, newest first
         * @description A page at a time: send `next_cursor` as `cursor` for the page behind. Where the product brought the table, what it does not say is null.
         */
        get: operations["listConversationMessages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organizationId}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the recent messages of the organization, newest first
         * @description A page at a time: send `next_cursor` as `cursor` for the page behind. Where the product brought the table, what it does not say is null.
         */
        get: operations["listMessages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organizationId}/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read your notifications, newest first
         * @description A page at a time: send `next_cursor` as `cursor` for the page behind. What arrives meanwhile moves nothing.
         */
        get: operations["listNotifications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organizationId}/notifications/reading": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Mark all your notifications as read */
        put: operations["markAllNotificationsRead"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organizationId}/notifications/{notificationId}/reading": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Mark a notification as read */
        put: operations["markNotificationRead"];
        post?: never;
        /** Mark a notification as unread */
        delete: operations["markNotificationUnread"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organizationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the organization */
        get: operations["getOrganization"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change the organization
         * @description What is left out stays as it is. After a change of the time zone the figures are computed anew, by its days.
         */
        patch: operations["updateOrganization"];
        trace?: never;
    };
    "/v1/organizations/{organizationId}/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Hear of changes as they happen
         * @description For `EventSource`. Nothing is sent but what to read anew:
         *
         *     - `metrics`, `{"dates": ["2026-11-27"]}`: the figures of these days have changed.
         *     - `notifications`, `{"unread": 3}`: how many of your notifications are unread; sent at the start and with each change.
         *
         *     Whenever a stream opens, read everything that you show once more: what changed while none was open is not told. It ends within half a minute when the session ends. Open one a page, and close it while nobody looks at the page.
         */
        get: operations["streamChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organizationId}/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what happened in the organization, newest first
         * @description Who did what, as far back as the organization goes. A page at a time: send `next_cursor` as `cursor` for the page behind.
         */
        get: operations["listActivity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organizationId}/activity.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Take what happened in the organization away as CSV, newest first
         * @description All of it, streamed. A file that ends is whole: on a failure the connection breaks. `metadata` is JSON; text that a spreadsheet would take for a formula has an apostrophe before it.
         */
        get: operations["exportActivity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organizationId}/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the API keys
         * @description Every key, the ended ones too, oldest first: by its first characters, never the key itself.
         */
        get: operations["listApiKeys"];
        put?: never;
        /**
         * Make an API key
         * @description The answer shows the key, this once: only a hash of it is stored.
         */
        post: operations["createApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organizationId}/api-keys/{apiKeyId}/rotation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace an API key
         * @description Makes a new key with the same name and scopes, shown this once. The old one goes on for the overlap, so that no request is refused while programs change over, and then ends by itself.
         */
        post: operations["rotateApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organizationId}/api-keys/{apiKeyId}/revocation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Revoke an API key
         * @description The next request with it is refused, and it never opens anything again.
         */
        put: operations["revokeApiKey"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sign-ups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make an organization with yourself as its owner
         * @description Signs the owner in and sends a mail to their address; until the link in it is opened, they may only manage their own account.
         */
        post: operations["signUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/mailbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where mails are read that no mail server sends
         * @description Only where the product is tried out: on its own database, without a mail server, for whoever sits at the same machine.
         */
        get: operations["getMailbox"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in
         * @description Sets the cookie of a new session. Ten wrong passwords lock the address for 15 minutes; sessions that are open go on.
         */
        post: operations["signIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in, where, and what they may do */
        get: operations["getSession"];
        put?: never;
        post?: never;
        /** Sign out on this device */
        delete: operations["signOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organizationId}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the devices on which you are signed in
         * @description Your own sessions, the one that was used last first.
         */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        /** Sign out on every device but this one */
        delete: operations["endOtherSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organizationId}/sessions/{sessionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Sign out on one device */
        delete: operations["endSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/password-resets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have a link sent to set a new password
         * @description The answer is the same whether somebody has the address or not. The link works once, for an hour; three are sent in an hour at most.
         */
        post: operations["requestPasswordReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/password-resets/completion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set the password by a link, and sign in
         * @description Every other session of the member ends. The link may also be the first one of a new member.
         */
        post: operations["completePasswordReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organizationId}/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change your password
         * @description Every other session of yours ends, and a mail tells you that it was changed.
         */
        put: operations["changePassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/email-verifications/completion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Verify an e-mail address by the link that was sent to it */
        post: operations["completeEmailVerification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organizationId}/email-verifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have the mail that verifies your address sent again
         * @description Three are sent in an hour at most; the links of the earlier ones go on working.
         */
        post: operations["sendEmailVerification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organizationId}/email-changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask to change your e-mail address
         * @description A link is sent to the new address, and the present one is told. Nothing changes before the link is used.
         */
        post: operations["requestEmailChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/email-changes/completion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change your e-mail address by the link that was sent to the new one
         * @description Both addresses are told. Sessions go on.
         */
        post: operations["completeEmailChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{organizationId}/profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read your profile */
        get: operations["getProfile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change your profile
         * @description What is left out stays as it is; null takes it away.
         */
        patch: operations["updateProfile"];
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** Problem */
        Problem: {
            /** @description Always `about:blank`: `code` tells problems apart. */
            type: string;
            /** @description The name of the status. */
            title: string;
            /** @description The status of this answer. */
            status: number;
            /** @description What happened, as `domain.what_happened`. Stable. */
            code: string;
            /** @description What is wrong and what to do. */
            detail: string;
            /** @description Names this request in the log of the server. */
            request_id: string;
            /** @description Each fault of the request, where its form is wrong. */
            errors?: {
                /** @description The part of the request and a JSON Pointer into it: `body/events/0`. */
                path: string;
                message: string;
            }[];
            /** @description Values that the refusal is about. */
            details?: {
                [key: string]: unknown;
            };
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getOpenapi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An OpenAPI document. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "alive";
                        version: string;
                        uptime_seconds: number;
                    };
                };
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "ready";
                        checks: {
                            name: string;
                            ok: boolean;
                            detail: string;
                        }[];
                    };
                };
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEvents: {
        parameters: {
            query?: {
                /** @description A day in the organization's zone, YYYY-MM-DD, or an instant, RFC 3339: from it on. */
                from?: string;
                /** @description A day, up to its end, or an instant, not included. */
                to?: string;
                /** @example agent.error */
                type?: string;
                /** @description Events about this agent, known or not. */
                agent_id?: string;
                /** @description What this member did. */
                user_id?: string;
                /** @description What this end user did. */
                end_user_id?: string;
                /** @description Events of this conversation. */
                conversation_id?: string;
                /**
                 * @description `key:value`: events whose property of this name is this value, compared as text. Repeat it for several, which must all hold.
                 * @example channel:chat
                 */
                property?: string | string[];
                /** @description `next_cursor` of an answer. */
                cursor?: string;
                /** @description 1 to 200. */
                limit?: string;
            };
            header?: never;
            path: {
                /** @description The organization of the API key or of the member who is signed in. */
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            /** Format: uuid */
                            id: string;
                            event_type: string;
                            /**
                             * Format: date-time
                             * @description When it happened, to the microsecond.
                             */
                            created_at: string;
                            /**
                             * Format: date-time
                             * @description When it came.
                             */
                            received_at: string;
                            /** @description Its time lay more than ten minutes ahead of our clock. */
                            clock_skewed: boolean;
                            /** @description The member who did it. */
                            user_id: string | null;
                            /** @description The product's own key of the person who did it. */
                            end_user_id: string | null;
                            /** @description The agent that it is about. */
                            agent_id: string | null;
                            /** @description The conversation that it belongs to. */
                            conversation_id: string | null;
                            /** @description Of what kind the thing is that it is about. */
                            resource_type: string | null;
                            /** @description Which one it is. */
                            resource_id: string | null;
                            /** @description As they were sent. */
                            properties: {
                                [key: string]: unknown;
                            };
                        }[];
                        /** @description Null on the last page. */
                        next_cursor: string | null;
                        /** @description Events before this instant have been archived and are missing here; null where none is. */
                        archived_before: string | null;
                        /** @description How to read what is archived. */
                        archive_hint: string | null;
                    };
                };
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createEvents: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The organization of the API key or of the member who is signed in. */
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    events: {
                        /**
                         * Format: uuid
                         * @description A UUID of version 7 that the sender makes once: with it a retry is a no-op.
                         */
                        id: string;
                        /** @example message.created */
                        event_type: string;
                        created_at?: string | null;
                        user_id?: string | null;
                        end_user_id?: string | null;
                        agent_id?: string | null;
                        conversation_id?: string | null;
                        resource_type?: string | null;
                        resource_id?: string | null;
                        properties?: {
                            [key: string]: unknown;
                        } | null;
                    }[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Stored now. */
                        inserted: number;
                        /** @description Stored before, with the same id and created_at; left as they were. */
                        duplicates: number;
                        /** @description Not stored. They spoil none of the others; correct them and send them again. */
                        rejected: {
                            /** @description Place in the request, from 0. */
                            index: number;
                            id: string | null;
                            /** @description Why, as `analytics.…`; never changes. */
                            code: string;
                            /** @description What is wrong and what to do. */
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEventTypes: {
        parameters: {
            query?: {
                /** @description A day in the organization's zone, YYYY-MM-DD, or an instant, RFC 3339: from it on. */
                from?: string;
                /** @description A day, up to its end, or an instant, not included. */
                to?: string;
            };
            header?: never;
            path: {
                /** @description The organization of the API key or of the member who is signed in. */
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            event_type: string;
                            /** @description How many of the examined events are of it. */
                            events: number;
                            /**
                             * Format: date-time
                             * @description When the newest of them happened.
                             */
                            last_at: string;
                        }[];
                        /** @description How many events were looked at, the newest of the period. */
                        examined: number;
                        /** @description False where the period has more: a rare type may be missing. */
                        is_complete: boolean;
                    };
                };
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportEvents: {
        parameters: {
            query?: {
                /** @description A day in the organization's zone, YYYY-MM-DD, or an instant, RFC 3339: from it on. */
                from?: string;
                /** @description A day, up to its end, or an instant, not included. */
                to?: string;
                /** @example agent.error */
                type?: string;
                /** @description Events about this agent, known or not. */
                agent_id?: string;
                /** @description What this member did. */
                user_id?: string;
                /** @description What this end user did. */
                end_user_id?: string;
                /** @description Events of this conversation. */
                conversation_id?: string;
                /**
                 * @description `key:value`: events whose property of this name is this value, compared as text. Repeat it for several, which must all hold.
                 * @example channel:chat
                 */
                property?: string | string[];
            };
            header?: never;
            path: {
                /** @description The organization of the API key or of the member who is signed in. */
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A table with its header. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOverview: {
        parameters: {
            query?: {
                /** @description The first day in the organization's zone, YYYY-MM-DD; 29 days before `to` where it is left out. */
                from?: string;
                /** @description The last day, included; today where it is left out. At most 400 days in all. */
                to?: string;
            };
            header?: never;
            path: {
                /** @description The organization of the API key or of the member who is signed in. */
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: date
                         * @description The first day.
                         */
                        from: string;
                        /**
                         * Format: date
                         * @description The last day, included.
                         */
                        to: string;
                        /**
                         * @description The organization's zone, whose days these are.
                         * @example Europe/Berlin
                         */
                        time_zone: string;
                        /** @description The last day is not over: its figures still grow. */
                        is_running: boolean;
                        /** @description When a figure of it last changed; null where there is none. */
                        computed_at: string | null;
                        /** @description Of the whole period. */
                        totals: {
                            /** @description Events message.created. */
                            messages: number;
                            /** @description Events conversation.started, counted on the day on which the conversation began. */
                            conversations: number;
                            /** @description Sum of properties.tokens of the messages. */
                            tokens: number;
                            /** @description Mean of properties.response_time_ms over all messages of the range that have it (never an average of averages); none where no message has it. */
                            avg_response_time: number | null;
                            /** @description Half of the messages were answered within this time. Read from a histogram of all response times of the range, so it may be off by a tenth; none where no message has one. */
                            p50_response_time: number | null;
                            /** @description 95 % of the messages were answered within this time. Read from a histogram of all response times of the range, so it may be off by a tenth; none where no message has one. */
                            p95_response_time: number | null;
                            /** @description 99 % of the messages were answered within this time. Read from a histogram of all response times of the range, so it may be off by a tenth; none where no message has one. */
                            p99_response_time: number | null;
                            /** @description Mean of properties.score, 1 to 5, over all events conversation.rated of the range; none without any. */
                            satisfaction: number | null;
                            /** @description Events conversation.rated that have a score. */
                            ratings: number;
                            /** @description Events agent.error; of an agent those that name it. */
                            errors: number;
                            /** @description Distinct members and end users of all events, exact over the whole range: whoever comes on several days counts once, so days do not add up to it. */
                            active_users: number;
                            /** @description Events workflow.executed. */
                            workflow_executions: number;
                            /** @description Distinct agents that still exist and that any event of the range is about. */
                            active_agents: number;
                        };
                        /** @description Null where nothing had happened by then: there is nothing to compare with. */
                        previous: {
                            /**
                             * Format: date
                             * @description The first day.
                             */
                            from: string;
                            /**
                             * Format: date
                             * @description The last day, included.
                             */
                            to: string;
                            /** @description Events message.created. */
                            messages: number;
                            /** @description Events conversation.started, counted on the day on which the conversation began. */
                            conversations: number;
                            /** @description Sum of properties.tokens of the messages. */
                            tokens: number;
                            /** @description Mean of properties.response_time_ms over all messages of the range that have it (never an average of averages); none where no message has it. */
                            avg_response_time: number | null;
                            /** @description Half of the messages were answered within this time. Read from a histogram of all response times of the range, so it may be off by a tenth; none where no message has one. */
                            p50_response_time: number | null;
                            /** @description 95 % of the messages were answered within this time. Read from a histogram of all response times of the range, so it may be off by a tenth; none where no message has one. */
                            p95_response_time: number | null;
                            /** @description 99 % of the messages were answered within this time. Read from a histogram of all response times of the range, so it may be off by a tenth; none where no message has one. */
                            p99_response_time: number | null;
                            /** @description Mean of properties.score, 1 to 5, over all events conversation.rated of the range; none without any. */
                            satisfaction: number | null;
                            /** @description Events conversation.rated that have a score. */
                            ratings: number;
                            /** @description Events agent.error; of an agent those that name it. */
                            errors: number;
                            /** @description Distinct members and end users of all events, exact over the whole range: whoever comes on several days counts once, so days do not add up to it. */
                            active_users: number;
                            /** @description Events workflow.executed. */
                            workflow_executions: number;
                            /** @description Distinct agents that still exist and that any event of the range is about. */
                            active_agents: number;
                        } | null;
                        today: {
                            /**
                             * Format: date
                             * @description The day, in the zone of the organization.
                             */
                            date: string;
                            /** @description When a figure of it last changed; null where there is none. */
                            computed_at: string | null;
                            /** @description Events message.created. */
                            messages: number;
                            /** @description Events conversation.started, counted on the day on which the conversation began. */
                            conversations: number;
                            /** @description Sum of properties.tokens of the messages. */
                            tokens: number;
                            /** @description Mean of properties.response_time_ms over all messages of the range that have it (never an average of averages); none where no message has it. */
                            avg_response_time: number | null;
                            /** @description Half of the messages were answered within this time. Read from a histogram of all response times of the range, so it may be off by a tenth; none where no message has one. */
                            p50_response_time: number | null;
                            /** @description 95 % of the messages were answered within this time. Read from a histogram of all response times of the range, so it may be off by a tenth; none where no message has one. */
                            p95_response_time: number | null;
                            /** @description 99 % of the messages were answered within this time. Read from a histogram of all response times of the range, so it may be off by a tenth; none where no message has one. */
                            p99_response_time: number | null;
                            /** @description Mean of properties.score, 1 to 5, over all events conversation.rated of the range; none without any. */
                            satisfaction: number | null;
                            /** @description Events conversation.rated that have a score. */
                            ratings: number;
                            /** @description Events agent.error; of an agent those that name it. */
                            errors: number;
                            /** @description Distinct members and end users of all events, exact over the whole range: whoever comes on several days counts once, so days do not add up to it. */
                            active_users: number;
                            /** @description Events workflow.executed. */
                            workflow_executions: number;
                            /** @description Distinct agents that still exist and that any event of the range is about. */
                            active_agents: number;
                        };
                        yesterday: {
                            /**
                             * Format: date
                             * @description The day, in the zone of the organization.
                             */
                            date: string;
                            /** @description When a figure of it last changed; null where there is none. */
                            computed_at: string | null;
                            /** @description Events message.created. */
                            messages: number;
                            /** @description Events conversation.started, counted on the day on which the conversation began. */
                            conversations: number;
                            /** @description Sum of properties.tokens of the messages. */
                            tokens: number;
                            /** @description Mean of properties.response_time_ms over all messages of the range that have it (never an average of averages); none where no message has it. */
                            avg_response_time: number | null;
                            /** @description Half of the messages were answered within this time. Read from a histogram of all response times of the range, so it may be off by a tenth; none where no message has one. */
                            p50_response_time: number | null;
                            /** @description 95 % of the messages were answered within this time. Read from a histogram of all response times of the range, so it may be off by a tenth; none where no message has one. */
                            p95_response_time: number | null;
                            /** @description 99 % of the messages were answered within this time. Read from a histogram of all response times of the range, so it may be off by a tenth; none where no message has one. */
                            p99_response_time: number | null;
                            /** @description Mean of properties.score, 1 to 5, over all events conversation.rated of the range; none without any. */
                            satisfaction: number | null;
                            /** @description Events conversation.rated that have a score. */
                            ratings: number;
                            /** @description Events agent.error; of an agent those that name it. */
                            errors: number;
                            /** @description Distinct members and end users of all events, exact over the whole range: whoever comes on several days counts once, so days do not add up to it. */
                            active_users: number;
                            /** @description Events workflow.executed. */
                            workflow_executions: number;
                            /** @description Distinct agents that still exist and that any event of the range is about. */
                            active_agents: number;
                        };
                        /** @description Each day of the period, in order, days without events included. */
                        days: {
                            /**
                             * Format: date
                             * @description The day, in the zone of the organization.
                             */
                            date: string;
                            /** @description When a figure of it last changed; null where there is none. */
                            computed_at: string | null;
                            /** @description Events message.created. */
                            messages: number;
                            /** @description Events conversation.started, counted on the day on which the conversation began. */
                            conversations: number;
                            /** @description Sum of properties.tokens of the messages. */
                            tokens: number;
                            /** @description Mean of properties.response_time_ms over all messages of the range that have it (never an average of averages); none where no message has it. */
                            avg_response_time: number | null;
                            /** @description Half of the messages were answered within this time. Read from a histogram of all response times of the range, so it may be off by a tenth; none where no message has one. */
                            p50_response_time: number | null;
                            /** @description 95 % of the messages were answered within this time. Read from a histogram of all response times of the range, so it may be off by a tenth; none where no message has one. */
                            p95_response_time: number | null;
                            /** @description 99 % of the messages were answered within this time. Read from a histogram of all response times of the range, so it may be off by a tenth; none where no message has one. */
                            p99_response_time: number | null;
                            /** @description Mean of properties.score, 1 to 5, over all events conversation.rated of the range; none without any. */
                            satisfaction: number | null;
                            /** @description Events conversation.rated that have a score. */
                            ratings: number;
                            /** @description Events agent.error; of an agent those that name it. */
                            errors: number;
                            /** @description Distinct members and end users of all events, exact over the whole range: whoever comes on several days counts once, so days do not add up to it. */
                            active_users: number;
                            /** @description Events workflow.executed. */
                            workflow_executions: number;
                            /** @description Distinct agents that still exist and that any event of the range is about. */
                            active_agents: number;
                        }[];
                        /** @description Those with the most messages in the period, at most ten. */
                        busiest_agents: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            is_active: boolean;
                            last_active_on: string | null;
                            /** @description Events message.created. */
                            messages: number;
                            /** @description Events conversation.started, counted on the day on which the conversation began. */
                            conversations: number;
                            /** @description Sum of properties.tokens of the messages. */
                            tokens: number;
                            /** @description Mean of properties.response_time_ms over all messages of the range that have it (never an average of averages); none where no message has it. */
                            avg_response_time: number | null;
                            /** @description Half of the messages were answered within this time. Read from a histogram of all response times of the range, so it may be off by a tenth; none where no message has one. */
                            p50_response_time: number | null;
                            /** @description 95 % of the messages were answered within this time. Read from a histogram of all response times of the range, so it may be off by a tenth; none where no message has one. */
                            p95_response_time: number | null;
                            /** @description 99 % of the messages were answered within this time. Read from a histogram of all response times of the range, so it may be off by a tenth; none where no message has one. */
                            p99_response_time: number | null;
                            /** @description Mean of properties.score, 1 to 5, over all events conversation.rated of the range; none without any. */
                            satisfaction: number | null;
                            /** @description Events conversation.rated that have a score. */
                            ratings: number;
                            /** @description Events agent.error; of an agent those that name it. */
                            errors: number;
                        }[];
                    };
                };
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDailyMetrics: {
        parameters: {
            query: {
                /** @description The first day (UTC), YYYY-MM-DD. */
                from: string;
                /** @description The last day (UTC), YYYY-MM-DD, included; at most 400 days in all. */
                to: string;
            };
            header?: never;
            path: {
                /** @description The organization of the API key or of the member who is signed in. */
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            /**
                             * Format: date
                             * @description The day (UTC).
                             */
                            date: string;
                            /** @description Events message.created. */
                            total_messages: number;
                            /** @description Events conversation.started. */
                            total_conversations: number;
                            /** @description Sum of properties.tokens of the messages. */
                            total_tokens: number;
                            /** @description Distinct members and end users of all events. */
                            unique_users: number;
                            /** @description Mean of properties.response_time_ms of the messages that have it, in milliseconds; else null. */
                            avg_response_time: number | null;
                            /** @description Distinct agents of all events. */
                            agent_count: number;
                            /** @description Events workflow.executed. */
                            workflow_executions: number;
                        }[];
                    };
                };
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getActiveUsers: {
        parameters: {
            query?: {
                /** @description The first day in the organization's zone, YYYY-MM-DD; 29 days before `to` where it is left out. */
                from?: string;
                /** @description The last day, included; today where it is left out. */
                to?: string;
            };
            header?: never;
            path: {
                /** @description The organization of the API key or of the member who is signed in. */
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: date
                         * @description The first day.
                         */
                        from: string;
                        /**
                         * Format: date
                         * @description The last day, included.
                         */
                        to: string;
                        /**
                         * @description The organization's zone, whose days these are.
                         * @example Europe/Berlin
                         */
                        time_zone: string;
                        /** @description The last day is not over: its figures still grow. */
                        is_running: boolean;
                        /** @description Distinct members and end users of all events, exact over the whole range: whoever comes on several days counts once, so days do not add up to it. */
                        active_users: number;
                        /** @description How it is computed. */
                        how: string;
                    };
                };
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportDailyMetrics: {
        parameters: {
            query?: {
                /** @description The first day in the organization's zone, YYYY-MM-DD; 29 days before `to` where it is left out. */
                from?: string;
                /** @description The last day, included; today where it is left out. At most 400 days in all. */
                to?: string;
            };
            header?: never;
            path: {
                /** @description The organization of the API key or of the member who is signed in. */
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A table with its header. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportAgents: {
        parameters: {
            query?: {
                /** @description The first day in the organization's zone, YYYY-MM-DD; 29 days before `to` where it is left out. */
                from?: string;
                /** @description The last day, included; today where it is left out. At most 400 days in all. */
                to?: string;
            };
            header?: never;
            path: {
                /** @description The organization of the API key or of the member who is signed in. */
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A table with its header. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMetricsGlossary: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        messages: {
                            /** @description What a page calls it. */
                            title: string;
                            /** @enum {unknown} */
                            unit: "count" | "tokens" | "milliseconds" | "score";
                            /** @description How it is computed, in a sentence or two. */
                            how: string;
                        };
                        conversations: {
                            /** @description What a page calls it. */
                            title: string;
                            /** @enum {unknown} */
                            unit: "count" | "tokens" | "milliseconds" | "score";
                            /** @description How it is computed, in a sentence or two. */
                            how: string;
                        };
                        tokens: {
                            /** @description What a page calls it. */
                            title: string;
                            /** @enum {unknown} */
                            unit: "count" | "tokens" | "milliseconds" | "score";
                            /** @description How it is computed, in a sentence or two. */
                            how: string;
                        };
                        active_users: {
                            /** @description What a page calls it. */
                            title: string;
                            /** @enum {unknown} */
                            unit: "count" | "tokens" | "milliseconds" | "score";
                            /** @description How it is computed, in a sentence or two. */
                            how: string;
                        };
                        avg_response_time: {
                            /** @description What a page calls it. */
                            title: string;
                            /** @enum {unknown} */
                            unit: "count" | "tokens" | "milliseconds" | "score";
                            /** @description How it is computed, in a sentence or two. */
                            how: string;
                        };
                        p50_response_time: {
                            /** @description What a page calls it. */
                            title: string;
                            /** @enum {unknown} */
                            unit: "count" | "tokens" | "milliseconds" | "score";
                            /** @description How it is computed, in a sentence or two. */
                            how: string;
                        };
                        p95_response_time: {
                            /** @description What a page calls it. */
                            title: string;
                            /** @enum {unknown} */
                            unit: "count" | "tokens" | "milliseconds" | "score";
                            /** @description How it is computed, in a sentence or two. */
                            how: string;
                        };
                        p99_response_time: {
                            /** @description What a page calls it. */
                            title: string;
                            /** @enum {unknown} */
                            unit: "count" | "tokens" | "milliseconds" | "score";
                            /** @description How it is computed, in a sentence or two. */
                            how: string;
                        };
                        satisfaction: {
                            /** @description What a page calls it. */
                            title: string;
                            /** @enum {unknown} */
                            unit: "count" | "tokens" | "milliseconds" | "score";
                            /** @description How it is computed, in a sentence or two. */
                            how: string;
                        };
                        ratings: {
                            /** @description What a page calls it. */
                            title: string;
                            /** @enum {unknown} */
                            unit: "count" | "tokens" | "milliseconds" | "score";
                            /** @description How it is computed, in a sentence or two. */
                            how: string;
                        };
                        errors: {
                            /** @description What a page calls it. */
                            title: string;
                            /** @enum {unknown} */
                            unit: "count" | "tokens" | "milliseconds" | "score";
                            /** @description How it is computed, in a sentence or two. */
                            how: string;
                        };
                        workflow_executions: {
                            /** @description What a page calls it. */
                            title: string;
                            /** @enum {unknown} */
                            unit: "count" | "tokens" | "milliseconds" | "score";
                            /** @description How it is computed, in a sentence or two. */
                            how: string;
                        };
                        active_agents: {
                            /** @description What a page calls it. */
                            title: string;
                            /** @enum {unknown} */
                            unit: "count" | "tokens" | "milliseconds" | "score";
                            /** @description How it is computed, in a sentence or two. */
                            how: string;
                        };
                    };
                };
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAgents: {
        parameters: {
            query?: {
                /** @description The first day in the organization's zone, YYYY-MM-DD; 29 days before `to` where it is left out. */
                from?: string;
                /** @description The last day, included; today where it is left out. At most 400 days in all. */
                to?: string;
                sort?: "name" | "messages" | "conversations" | "tokens" | "avg_response_time" | "p50_response_time" | "p95_response_time" | "p99_response_time" | "satisfaction" | "ratings" | "errors";
                order?: "asc" | "desc";
                /** @description A part of the name, in any case. */
                search?: string;
                status?: "active" | "inactive";
                /** @description `next_cursor` of an answer. */
                cursor?: string;
                /** @description 1 to 100. */
                limit?: string;
            };
            header?: never;
            path: {
                /** @description The organization of the API key or of the member who is signed in. */
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: date
                         * @description The first day.
                         */
                        from: string;
                        /**
                         * Format: date
                         * @description The last day, included.
                         */
                        to: string;
                        /**
                         * @description The organization's zone, whose days these are.
                         * @example Europe/Berlin
                         */
                        time_zone: string;
                        /** @description The last day is not over: its figures still grow. */
                        is_running: boolean;
                        /** @description When a figure of it last changed; null where there is none. */
                        computed_at: string | null;
                        /** @description How many agents fit, over all pages. */
                        total: number;
                        data: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            is_active: boolean;
                            last_active_on: string | null;
                            /** @description Events message.created. */
                            messages: number;
                            /** @description Events conversation.started, counted on the day on which the conversation began. */
                            conversations: number;
                            /** @description Sum of properties.tokens of the messages. */
                            tokens: number;
                            /** @description Mean of properties.response_time_ms over all messages of the range that have it (never an average of averages); none where no message has it. */
                            avg_response_time: number | null;
                            /** @description Half of the messages were answered within this time. Read from a histogram of all response times of the range, so it may be off by a tenth; none where no message has one. */
                            p50_response_time: number | null;
                            /** @description 95 % of the messages were answered within this time. Read from a histogram of all response times of the range, so it may be off by a tenth; none where no message has one. */
                            p95_response_time: number | null;
                            /** @description 99 % of the messages were answered within this time. Read from a histogram of all response times of the range, so it may be off by a tenth; none where no message has one. */
                            p99_response_time: number | null;
                            /** @description Mean of properties.score, 1 to 5, over all events conversation.rated of the range; none without any. */
                            satisfaction: number | null;
                            /** @description Events conversation.rated that have a score. */
                            ratings: number;
                            /** @description Events agent.error; of an agent those that name it. */
                            errors: number;
                            /** @description Messages of each day of the period, in order. */
                            daily_messages: number[];
                        }[];
                        /** @description Null on the last page. */
                        next_cursor: string | null;
                    };
                };
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createAgent: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send this again: the same key with the same body is carried out once within 24 hours, and answered alike. Use a random UUID. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description The organization of the API key or of the member who is signed in. */
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @description Left out, it stays as it is; a new agent is active. */
                    is_active?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        is_active: boolean;
                    };
                };
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAgent: {
        parameters: {
            query?: {
                /** @description The first day in the organization's zone, YYYY-MM-DD; 29 days before `to` where it is left out. */
                from?: string;
                /** @description The last day, included; today where it is left out. At most 400 days in all. */
                to?: string;
            };
            header?: never;
            path: {
                /** @description The organization of the API key or of the member who is signed in. */
                organizationId: string;
                /** @description A UUID of any version, yours or ours. */
                agentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: date
                         * @description The first day.
                         */
                        from: string;
                        /**
                         * Format: date
                         * @description The last day, included.
                         */
                        to: string;
                        /**
                         * @description The organization's zone, whose days these are.
                         * @example Europe/Berlin
                         */
                        time_zone: string;
                        /** @description The last day is not over: its figures still grow. */
                        is_running: boolean;
                        /** @description When a figure of it last changed; null where there is none. */
                        computed_at: string | null;
                        /** Format: uuid */
                        id: string;
                        name: string;
                        is_active: boolean;
                        /** @description Of the whole period. */
                        totals: {
                            /** @description Events message.created. */
                            messages: number;
                            /** @description Events conversation.started, counted on the day on which the conversation began. */
                            conversations: number;
                            /** @description Sum of properties.tokens of the messages. */
                            tokens: number;
                            /** @description Mean of properties.response_time_ms over all messages of the range that have it (never an average of averages); none where no message has it. */
                            avg_response_time: number | null;
                            /** @description Half of the messages were answered within this time. Read from a histogram of all response times of the range, so it may be off by a tenth; none where no message has one. */
                            p50_response_time: number | null;
                            /** @description 95 % of the messages were answered within this time. Read from a histogram of all response times of the range, so it may be off by a tenth; none where no message has one. */
                            p95_response_time: number | null;
                            /** @description 99 % of the messages were answered within this time. Read from a histogram of all response times of the range, so it may be off by a tenth; none where no message has one. */
                            p99_response_time: number | null;
                            /** @description Mean of properties.score, 1 to 5, over all events conversation.rated of the range; none without any. */
                            satisfaction: number | null;
                            /** @description Events conversation.rated that have a score. */
                            ratings: number;
                            /** @description Events agent.error; of an agent those that name it. */
                            errors: number;
                        };
                        /** @description Null where the agent did nothing then: there is nothing to compare with. */
                        previous: {
                            /**
                             * Format: date
                             * @description The first day.
                             */
                            from: string;
                            /**
                             * Format: date
                             * @description The last day, included.
                             */
                            to: string;
                            /** @description Events message.created. */
                            messages: number;
                            /** @description Events conversation.started, counted on the day on which the conversation began. */
                            conversations: number;
                            /** @description Sum of properties.tokens of the messages. */
                            tokens: number;
                            /** @description Mean of properties.response_time_ms over all messages of the range that have it (never an average of averages); none where no message has it. */
                            avg_response_time: number | null;
                            /** @description Half of the messages were answered within this time. Read from a histogram of all response times of the range, so it may be off by a tenth; none where no message has one. */
                            p50_response_time: number | null;
                            /** @description 95 % of the messages were answered within this time. Read from a histogram of all response times of the range, so it may be off by a tenth; none where no message has one. */
                            p95_response_time: number | null;
                            /** @description 99 % of the messages were answered within this time. Read from a histogram of all response times of the range, so it may be off by a tenth; none where no message has one. */
                            p99_response_time: number | null;
                            /** @description Mean of properties.score, 1 to 5, over all events conversation.rated of the range; none without any. */
                            satisfaction: number | null;
                            /** @description Events conversation.rated that have a score. */
                            ratings: number;
                            /** @description Events agent.error; of an agent those that name it. */
                            errors: number;
                        } | null;
                        /** @description Each day of the period, in order, days without events included. */
                        days: {
                            /**
                             * Format: date
                             * @description The day, in the zone of the organization.
                             */
                            date: string;
                            /** @description When a figure of it last changed; null where there is none. */
                            computed_at: string | null;
                            /** @description Events message.created. */
                            messages: number;
                            /** @description Events conversation.started, counted on the day on which the conversation began. */
                            conversations: number;
                            /** @description Sum of properties.tokens of the messages. */
                            tokens: number;
                            /** @description Mean of properties.response_time_ms over all messages of the range that have it (never an average of averages); none where no message has it. */
                            avg_response_time: number | null;
                            /** @description Half of the messages were answered within this time. Read from a histogram of all response times of the range, so it may be off by a tenth; none where no message has one. */
                            p50_response_time: number | null;
                            /** @description 95 % of the messages were answered within this time. Read from a histogram of all response times of the range, so it may be off by a tenth; none where no message has one. */
                            p95_response_time: number | null;
                            /** @description 99 % of the messages were answered within this time. Read from a histogram of all response times of the range, so it may be off by a tenth; none where no message has one. */
                            p99_response_time: number | null;
                            /** @description Mean of properties.score, 1 to 5, over all events conversation.rated of the range; none without any. */
                            satisfaction: number | null;
                            /** @description Events conversation.rated that have a score. */
                            ratings: number;
                            /** @description Events agent.error; of an agent those that name it. */
                            errors: number;
                        }[];
                    };
                };
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    registerAgent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The organization of the API key or of the member who is signed in. */
                organizationId: string;
                /** @description A UUID of any version, yours or ours. */
                agentId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @description Left out, it stays as it is; a new agent is active. */
                    is_active?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        is_active: boolean;
                    };
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        is_active: boolean;
                    };
                };
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAgentBusiestHours: {
        parameters: {
            query?: {
                /** @description The first day in the organization's zone, YYYY-MM-DD; 29 days before `to` where it is left out. */
                from?: string;
                /** @description The last day, included; today where it is left out. At most 400 days in all. */
                to?: string;
            };
            header?: never;
            path: {
                /** @description The organization of the API key or of the member who is signed in. */
                organizationId: string;
                /** @description A UUID of any version, yours or ours. */
                agentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: date
                         * @description The first day.
                         */
                        from: string;
                        /**
                         * Format: date
                         * @description The last day, included.
                         */
                        to: string;
                        /** @description The organization's zone, whose clock these hours are of. */
                        time_zone: string;
                        /** @description Events message.created of the agent: seven lists from Monday on, of 24 counts each, from the hour that begins at midnight. */
                        messages: number[][];
                        /** @description Events before this instant have been archived and are missing here; null where none is. */
                        archived_before: string | null;
                        /** @description How to read what is archived. */
                        archive_hint: string | null;
                    };
                };
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    activateAgent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The organization of the API key or of the member who is signed in. */
                organizationId: string;
                /** @description A UUID of any version, yours or ours. */
                agentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        is_active: boolean;
                    };
                };
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deactivateAgent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The organization of the API key or of the member who is signed in. */
                organizationId: string;
                /** @description A UUID of any version, yours or ours. */
                agentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        is_active: boolean;
                    };
                };
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAgentMetrics: {
        parameters: {
            query: {
                /** @description The first day (UTC), YYYY-MM-DD. */
                from: string;
                /** @description The last day (UTC), YYYY-MM-DD, included; at most 400 days in all. */
                to: string;
            };
            header?: never;
            path: {
                /** @description The organization of the API key or of the member who is signed in. */
                organizationId: string;
                /** @description An agent of the organization. */
                agentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            /** Format: uuid */
                            agent_id: string;
                            /**
                             * Format: date
                             * @description The day (UTC).
                             */
                            date: string;
                            /** @description Events conversation.started. */
                            conversation_count: number;
                            /** @description Events message.created. */
                            message_count: number;
                            /** @description Mean of properties.response_time_ms of the messages that have it, in milliseconds; else null. */
                            avg_response_time: number | null;
                            /** @description Sum of properties.tokens of the messages. */
                            total_tokens: number;
                            /** @description Events agent.error. */
                            error_count: number;
                            /** @description Mean of properties.score of events conversation.rated, 1 to 5; null without any. */
                            satisfaction_score: number | null;
                        }[];
                    };
                };
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listConversations: {
        parameters: {
            query?: {
                /** @description `next_cursor` of an answer. */
                cursor?: string;
                /** @description 1 to 100. */
                limit?: string;
                /** @description Of this agent only. */
                agent_id?: string;
                /** @description Like active, closed or archived. */
                status?: string;
            };
            header?: never;
            path: {
                /** @description The organization of the API key or of the member who is signed in. */
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            /** Format: uuid */
                            id: string;
                            agent_id: string | null;
                            agent_name: string | null;
                            user_id: string | null;
                            user_name: string | null;
                            end_user_id: string | null;
                            title: string | null;
                            /** @description active, closed or archived, or a word of the product. */
                            status: string;
                            started_at: string | null;
                            ended_at: string | null;
                        }[];
                        /** @description null on the last page. */
                        next_cursor: string | null;
                    };
                };
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The organization of the API key or of the member who is signed in. */
                organizationId: string;
                /** @description A conversation of the organization. */
                conversationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        agent_id: string | null;
                        agent_name: string | null;
                        user_id: string | null;
                        user_name: string | null;
                        end_user_id: string | null;
                        title: string | null;
                        /** @description active, closed or archived, or a word of the product. */
                        status: string;
                        started_at: string | null;
                        ended_at: string | null;
                        last_message_at: string | null;
                    };
                };
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listConversationMessages: {
        parameters: {
            query?: {
                /** @description `next_cursor` of an answer. */
                cursor?: string;
                /** @description 1 to 100. */
                limit?: string;
            };
            header?: never;
            path: {
                /** @description The organization of the API key or of the member who is signed in. */
                organizationId: string;
                /** @description A conversation of the organization. */
                conversationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            id: string | null;
                            conversation_id: string | null;
                            role: string | null;
                            content: string | null;
                            tokens: number | null;
                            response_time_ms: number | null;
                            /** Format: date-time */
                            created_at: string;
                        }[];
                        /** @description null on the last page. */
                        next_cursor: string | null;
                    };
                };
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMessages: {
        parameters: {
            query?: {
                /** @description `next_cursor` of an answer. */
                cursor?: string;
                /** @description 1 to 100. */
                limit?: string;
            };
            header?: never;
            path: {
                /** @description The organization of the API key or of the member who is signed in. */
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            id: string | null;
                            conversation_id: string | null;
                            role: string | null;
                            content: string | null;
                            tokens: number | null;
                            response_time_ms: number | null;
                            /** Format: date-time */
                            created_at: string;
                        }[];
                        /** @description null on the last page. */
                        next_cursor: string | null;
                    };
                };
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listNotifications: {
        parameters: {
            query?: {
                /** @description `next_cursor` of an answer. */
                cursor?: string;
                /** @description 1 to 100. */
                limit?: string;
                /** @description Only those that are not marked as read. */
                unread?: "true";
            };
            header?: never;
            path: {
                /** @description The organization of the API key or of the member who is signed in. */
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            /** Format: uuid */
                            id: string;
                            /** @description What happened, as `resource.what_happened`. */
                            type: string;
                            /** @description The part of the product that it belongs to. */
                            category: string;
                            title: string;
                            message: string;
                            /** @description Where to look: a path of the dashboard. */
                            link: string | null;
                            /** @description What programs may want to know, or null. */
                            data: unknown;
                            is_read: boolean;
                            read_at: string | null;
                            /** Format: date-time */
                            created_at: string;
                        }[];
                        /** @description Of all pages. */
                        unread_count: number;
                        /** @description null on the last page. */
                        next_cursor: string | null;
                    };
                };
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    markAllNotificationsRead: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The organization of the API key or of the member who is signed in. */
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description How many were unread before. */
                        marked: number;
                    };
                };
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    markNotificationRead: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The organization of the API key or of the member who is signed in. */
                organizationId: string;
                notificationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, also where it was so before. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    markNotificationUnread: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The organization of the API key or of the member who is signed in. */
                organizationId: string;
                notificationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, also where it was so before. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOrganization: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The organization of the API key or of the member who is signed in. */
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        subdomain: string;
                        /** @description A name of the IANA list; its days begin and end by it. */
                        time_zone: string;
                        plan: string | null;
                        /** @description What the plan allows; null is unlimited. */
                        limits: {
                            /** @description Members. */
                            max_users: number | null;
                            /** @description Active agents. */
                            max_agents: number | null;
                            /** @description Messages a month. */
                            max_messages: number | null;
                            /** @description Bytes. */
                            max_storage: number | null;
                        };
                        /** Format: date-time */
                        created_at: string;
                    };
                };
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateOrganization: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The organization of the API key or of the member who is signed in. */
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    /** @description No other organization may have it. */
                    subdomain?: string;
                    /** @description A name of the IANA list. */
                    time_zone?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        subdomain: string;
                        /** @description A name of the IANA list; its days begin and end by it. */
                        time_zone: string;
                        plan: string | null;
                        /** @description What the plan allows; null is unlimited. */
                        limits: {
                            /** @description Members. */
                            max_users: number | null;
                            /** @description Active agents. */
                            max_agents: number | null;
                            /** @description Messages a month. */
                            max_messages: number | null;
                            /** @description Bytes. */
                            max_storage: number | null;
                        };
                        /** Format: date-time */
                        created_at: string;
                    };
                };
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    streamChanges: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The organization of the API key or of the member who is signed in. */
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Server-sent events, until either side ends them. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listActivity: {
        parameters: {
            query?: {
                /** @description What was done, like `agent.registered`. */
                action_type?: string;
                /** @description What this member did. */
                user_id?: string;
                /** @description What it was done to, like `agent`. */
                resource_type?: string;
                /** @description The id of what it was done to. */
                resource_id?: string;
                /** @description From this instant on, RFC 3339. */
                from?: string;
                /** @description Up to this instant, not included, RFC 3339. */
                to?: string;
                /** @description `next_cursor` of an answer. */
                cursor?: string;
                /** @description 1 to 100. */
                limit?: string;
            };
            header?: never;
            path: {
                /** @description The organization of the API key or of the member who is signed in. */
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            /** Format: uuid */
                            id: string;
                            /** @description What was done, as `resource.what_happened`. */
                            action_type: string;
                            /** @description Who did it, by the name of then. */
                            actor_name: string;
                            /** @description The member who did it; null for programs, operators and members who are gone. */
                            user_id: string | null;
                            /** @description What it was done to. */
                            resource_type: string | null;
                            /** @description Its id. */
                            resource_id: string | null;
                            /** @description Its name of then. */
                            resource_name: string | null;
                            /** @description Where the request came from. */
                            ip_address: string | null;
                            /** Format: date-time */
                            created_at: string;
                            /** @description What else is known, or null. */
                            metadata: unknown;
                        }[];
                        /** @description null on the last page. */
                        next_cursor: string | null;
                    };
                };
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportActivity: {
        parameters: {
            query?: {
                /** @description What was done, like `agent.registered`. */
                action_type?: string;
                /** @description What this member did. */
                user_id?: string;
                /** @description What it was done to, like `agent`. */
                resource_type?: string;
                /** @description The id of what it was done to. */
                resource_id?: string;
                /** @description From this instant on, RFC 3339. */
                from?: string;
                /** @description Up to this instant, not included, RFC 3339. */
                to?: string;
            };
            header?: never;
            path: {
                /** @description The organization of the API key or of the member who is signed in. */
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A table with its header. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listApiKeys: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The organization of the API key or of the member who is signed in. */
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            /** @description The first characters of the key, by which its holder knows it. */
                            prefix: string;
                            scopes: string[];
                            /** @description The member who made it; null: the operator, or somebody who has left. */
                            created_by: string | null;
                            /** Format: date-time */
                            created_at: string;
                            /** @description True to a minute; null: never. */
                            last_used_at: string | null;
                            /** @description When it ends because another key took its place. */
                            expires_at: string | null;
                            /** @description When somebody ended it. */
                            revoked_at: string | null;
                        }[];
                    };
                };
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createApiKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send this again: the same key with the same body is carried out once within 24 hours, and answered alike. Use a random UUID. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description The organization of the API key or of the member who is signed in. */
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What uses it. */
                    name?: string;
                    /** @description What it may do. Settled for good: for more there is another key. */
                    scopes: ("events:write" | "events:read" | "metrics:read" | "agents:write")[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** @description Shown this once. Programs send it as `Authorization: Bearer …`. */
                        key: string;
                        name: string;
                        scopes: string[];
                    };
                };
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateApiKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send this again: the same key with the same body is carried out once within 24 hours, and answered alike. Use a random UUID. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description The organization of the API key or of the member who is signed in. */
                organizationId: string;
                /** @description As the list shows it; not the key itself. */
                apiKeyId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description How long the old key goes on; 0 ends it at once.
                     * @default 24
                     */
                    overlap_hours?: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** @description Shown this once. Programs send it as `Authorization: Bearer …`. */
                        key: string;
                        name: string;
                        scopes: string[];
                        /** Format: date-time */
                        old_key_ends_at: string;
                    };
                };
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The organization of the API key or of the member who is signed in. */
                organizationId: string;
                /** @description As the list shows it; not the key itself. */
                apiKeyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, also where it was so before. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signUp: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send this again: the same key with the same body is carried out once within 24 hours, and answered alike. Use a random UUID. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    organization_name: string;
                    /** @description Letters a-z, digits and hyphens. */
                    subdomain: string;
                    /** @description Whose days figures are counted by, a name of the IANA list; UTC where it is left out. */
                    time_zone?: string;
                    /** @description An e-mail address. */
                    email: string;
                    /**
                     * Format: password
                     * @description At least 10 characters; a few words make a good one.
                     */
                    password: string;
                    first_name?: string;
                    last_name?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        session_id: string;
                        user: {
                            /** Format: uuid */
                            id: string;
                            email: string;
                            /** @description Until it is, the member may only manage their own account. */
                            email_verified: boolean;
                            /** @description As they gave it. */
                            first_name: string | null;
                            /** @description As they gave it. */
                            last_name: string | null;
                            /** @description As they gave it. */
                            job_title: string | null;
                            /** @description The https address of a picture. */
                            avatar_url: string | null;
                            /** @description A BCP 47 tag; null: as the browser has it. */
                            locale: string | null;
                            /** @description A name of the IANA list; null: the organization's. */
                            time_zone: string | null;
                            /**
                             * @description `auto` follows the device.
                             * @enum {unknown}
                             */
                            theme: "auto" | "light" | "dark";
                        };
                        organization: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            subdomain: string;
                            plan: string | null;
                            /** @description A name of the IANA list. */
                            time_zone: string;
                        };
                        /** @enum {unknown} */
                        role: "owner" | "admin" | "member" | "viewer";
                        /** @description What the member may do now; each operation names the one that it needs. */
                        permissions: string[];
                    };
                };
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMailbox: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The page that shows the mails; null where they go to the address that they are for. */
                        kept_at: string | null;
                    };
                };
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send this again: the same key with the same body is carried out once within 24 hours, and answered alike. Use a random UUID. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description An e-mail address. */
                    email: string;
                    /** Format: password */
                    password: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        session_id: string;
                        user: {
                            /** Format: uuid */
                            id: string;
                            email: string;
                            /** @description Until it is, the member may only manage their own account. */
                            email_verified: boolean;
                            /** @description As they gave it. */
                            first_name: string | null;
                            /** @description As they gave it. */
                            last_name: string | null;
                            /** @description As they gave it. */
                            job_title: string | null;
                            /** @description The https address of a picture. */
                            avatar_url: string | null;
                            /** @description A BCP 47 tag; null: as the browser has it. */
                            locale: string | null;
                            /** @description A name of the IANA list; null: the organization's. */
                            time_zone: string | null;
                            /**
                             * @description `auto` follows the device.
                             * @enum {unknown}
                             */
                            theme: "auto" | "light" | "dark";
                        };
                        organization: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            subdomain: string;
                            plan: string | null;
                            /** @description A name of the IANA list. */
                            time_zone: string;
                        };
                        /** @enum {unknown} */
                        role: "owner" | "admin" | "member" | "viewer";
                        /** @description What the member may do now; each operation names the one that it needs. */
                        permissions: string[];
                    };
                };
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        session_id: string;
                        user: {
                            /** Format: uuid */
                            id: string;
                            email: string;
                            /** @description Until it is, the member may only manage their own account. */
                            email_verified: boolean;
                            /** @description As they gave it. */
                            first_name: string | null;
                            /** @description As they gave it. */
                            last_name: string | null;
                            /** @description As they gave it. */
                            job_title: string | null;
                            /** @description The https address of a picture. */
                            avatar_url: string | null;
                            /** @description A BCP 47 tag; null: as the browser has it. */
                            locale: string | null;
                            /** @description A name of the IANA list; null: the organization's. */
                            time_zone: string | null;
                            /**
                             * @description `auto` follows the device.
                             * @enum {unknown}
                             */
                            theme: "auto" | "light" | "dark";
                        };
                        organization: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            subdomain: string;
                            plan: string | null;
                            /** @description A name of the IANA list. */
                            time_zone: string;
                        };
                        /** @enum {unknown} */
                        role: "owner" | "admin" | "member" | "viewer";
                        /** @description What the member may do now; each operation names the one that it needs. */
                        permissions: string[];
                    };
                };
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session has ended. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSessions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The organization of the API key or of the member who is signed in. */
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            /** Format: uuid */
                            id: string;
                            /** @description The session of this very request. */
                            is_current: boolean;
                            /** Format: date-time */
                            created_at: string;
                            /**
                             * Format: date-time
                             * @description True to five minutes.
                             */
                            last_seen_at: string;
                            /** @description Where it was opened. */
                            ip_address: string | null;
                            /** @description As the browser calls itself. */
                            user_agent: string | null;
                        }[];
                    };
                };
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endOtherSessions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The organization of the API key or of the member who is signed in. */
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description How many sessions ended. */
                        ended: number;
                    };
                };
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The organization of the API key or of the member who is signed in. */
                organizationId: string;
                /** @description One of your own sessions. */
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session has ended. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    requestPasswordReset: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send this again: the same key with the same body is carried out once within 24 hours, and answered alike. Use a random UUID. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description An e-mail address. */
                    email: string;
                };
            };
        };
        responses: {
            /** @description If somebody has this address, a mail is on its way. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    completePasswordReset: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send this again: the same key with the same body is carried out once within 24 hours, and answered alike. Use a random UUID. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What stands behind the # of the link: the id of the organization, a dot, and the secret. */
                    secret: string;
                    /**
                     * Format: password
                     * @description At least 10 characters; a few words make a good one.
                     */
                    password: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        session_id: string;
                        user: {
                            /** Format: uuid */
                            id: string;
                            email: string;
                            /** @description Until it is, the member may only manage their own account. */
                            email_verified: boolean;
                            /** @description As they gave it. */
                            first_name: string | null;
                            /** @description As they gave it. */
                            last_name: string | null;
                            /** @description As they gave it. */
                            job_title: string | null;
                            /** @description The https address of a picture. */
                            avatar_url: string | null;
                            /** @description A BCP 47 tag; null: as the browser has it. */
                            locale: string | null;
                            /** @description A name of the IANA list; null: the organization's. */
                            time_zone: string | null;
                            /**
                             * @description `auto` follows the device.
                             * @enum {unknown}
                             */
                            theme: "auto" | "light" | "dark";
                        };
                        organization: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            subdomain: string;
                            plan: string | null;
                            /** @description A name of the IANA list. */
                            time_zone: string;
                        };
                        /** @enum {unknown} */
                        role: "owner" | "admin" | "member" | "viewer";
                        /** @description What the member may do now; each operation names the one that it needs. */
                        permissions: string[];
                    };
                };
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The organization of the API key or of the member who is signed in. */
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: password */
                    current_password: string;
                    /**
                     * Format: password
                     * @description At least 10 characters; a few words make a good one.
                     */
                    password: string;
                };
            };
        };
        responses: {
            /** @description The password was changed. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    completeEmailVerification: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send this again: the same key with the same body is carried out once within 24 hours, and answered alike. Use a random UUID. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What stands behind the # of the link: the id of the organization, a dot, and the secret. */
                    secret: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The member's address from now on. */
                        email: string;
                    };
                };
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sendEmailVerification: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send this again: the same key with the same body is carried out once within 24 hours, and answered alike. Use a random UUID. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description The organization of the API key or of the member who is signed in. */
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A mail is on its way. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    requestEmailChange: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send this again: the same key with the same body is carried out once within 24 hours, and answered alike. Use a random UUID. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description The organization of the API key or of the member who is signed in. */
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description An e-mail address. */
                    email: string;
                    /** Format: password */
                    password: string;
                };
            };
        };
        responses: {
            /** @description A mail is on its way to the new address. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    completeEmailChange: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send this again: the same key with the same body is carried out once within 24 hours, and answered alike. Use a random UUID. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What stands behind the # of the link: the id of the organization, a dot, and the secret. */
                    secret: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The member's address from now on. */
                        email: string;
                    };
                };
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProfile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The organization of the API key or of the member who is signed in. */
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        email: string;
                        /** @description Until it is, the member may only manage their own account. */
                        email_verified: boolean;
                        /** @description As they gave it. */
                        first_name: string | null;
                        /** @description As they gave it. */
                        last_name: string | null;
                        /** @description As they gave it. */
                        job_title: string | null;
                        /** @description The https address of a picture. */
                        avatar_url: string | null;
                        /** @description A BCP 47 tag; null: as the browser has it. */
                        locale: string | null;
                        /** @description A name of the IANA list; null: the organization's. */
                        time_zone: string | null;
                        /**
                         * @description `auto` follows the device.
                         * @enum {unknown}
                         */
                        theme: "auto" | "light" | "dark";
                    };
                };
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateProfile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The organization of the API key or of the member who is signed in. */
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    first_name?: string | null;
                    last_name?: string | null;
                    job_title?: string | null;
                    avatar_url?: string | null;
                    locale?: string | null;
                    time_zone?: string | null;
                    /** @enum {unknown} */
                    theme?: "auto" | "light" | "dark";
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        email: string;
                        /** @description Until it is, the member may only manage their own account. */
                        email_verified: boolean;
                        /** @description As they gave it. */
                        first_name: string | null;
                        /** @description As they gave it. */
                        last_name: string | null;
                        /** @description As they gave it. */
                        job_title: string | null;
                        /** @description The https address of a picture. */
                        avatar_url: string | null;
                        /** @description A BCP 47 tag; null: as the browser has it. */
                        locale: string | null;
                        /** @description A name of the IANA list; null: the organization's. */
                        time_zone: string | null;
                        /**
                         * @description `auto` follows the device.
                         * @enum {unknown}
                         */
                        theme: "auto" | "light" | "dark";
                    };
                };
            };
            /** @description Refused: `detail` says why and what to do. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not carried out, for a reason on the side of the server. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
