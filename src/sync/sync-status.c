/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an account is doing: sending and receiving kept apart, shown as one. */
#include "sync-status.h"

#include "sync-status-writer.h"

typedef struct
{
  SyncPhase phase;
  guint done;
  guint total;
  gint64 bytes;
  GError *problem;
} Activity;

struct _SyncStatus
{
  GObject parent_instance;

  gint64 account;
  Activity activities[2]; /* by AccountDirection */
  gint64 last_success;
  char *alert;
};

G_DEFINE_FINAL_TYPE (SyncStatus, sync_status, G_TYPE_OBJECT)

enum
{
  PROP_ACCOUNT = 1,
  PROP_PHASE,
  PROP_DONE,
  PROP_TOTAL,
  PROP_BYTES,
  PROP_FRACTION,
  PROP_PROBLEM,
  PROP_SEND_PROBLEM,
  PROP_LAST_SUCCESS,
  PROP_ALERT,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

/* Sending is short and what a person has just asked for: it is shown while it lasts. */
static const Activity *
get_shown (SyncStatus *self)
{
  const Activity *out = &self->activities[ACCOUNT_OUTGOING];
  const Activity *in = &self->activities[ACCOUNT_INCOMING];

  return out->phase > SYNC_WAITING || in->phase == SYNC_IDLE ? out : in;
}

static void
sync_status_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SyncStatus *self = SYNC_STATUS (object);

  switch (id)
    {
    case PROP_ACCOUNT: g_value_set_int64 (value, self->account); break;
    case PROP_PHASE: g_value_set_int (value, sync_status_get_phase (self)); break;
    case PROP_DONE: g_value_set_uint (value, sync_status_get_done (self)); break;
    case PROP_TOTAL: g_value_set_uint (value, sync_status_get_total (self)); break;
    case PROP_BYTES: g_value_set_int64 (value, sync_status_get_bytes (self)); break;
    case PROP_FRACTION: g_value_set_double (value, sync_status_get_fraction (self)); break;
    case PROP_PROBLEM: g_value_set_boxed (value, sync_status_get_problem (self)); break;
    case PROP_SEND_PROBLEM: g_value_set_boxed (value, sync_status_get_send_problem (self)); break;
    case PROP_LAST_SUCCESS: g_value_set_int64 (value, self->last_success); break;
    case PROP_ALERT: g_value_set_string (value, self->alert); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
sync_status_finalize (GObject *object)
{
  SyncStatus *self = SYNC_STATUS (object);

  for (gsize i = 0; i < G_N_ELEMENTS (self->activities); i++)
    g_clear_error (&self->activities[i].problem);
  g_free (self->alert);
  G_OBJECT_CLASS (sync_status_parent_class)->finalize (object);
}

static void
sync_status_class_init (SyncStatusClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sync_status_get_property;
  object_class->finalize = sync_status_finalize;

  props[PROP_ACCOUNT] = g_param_spec_int64 ("account", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_PHASE] = g_param_spec_int ("phase", NULL, NULL, SYNC_IDLE, SYNC_SENDING, SYNC_IDLE, flags);
  props[PROP_DONE] = g_param_spec_uint ("done", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_TOTAL] = g_param_spec_uint ("total", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_BYTES] = g_param_spec_int64 ("bytes", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, -1, 1, -1, flags);
  props[PROP_PROBLEM] = g_param_spec_boxed ("problem", NULL, NULL, G_TYPE_ERROR, flags);
  props[PROP_SEND_PROBLEM] = g_param_spec_boxed ("send-problem", NULL, NULL, G_TYPE_ERROR, flags);
  props[PROP_LAST_SUCCESS] = g_param_spec_int64 ("last-success", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_ALERT] = g_param_spec_string ("alert", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
sync_status_init (SyncStatus *self)
{
}

SyncStatus *
sync_status_new (gint64 account)
{
  SyncStatus *self = g_object_new (SYNC_TYPE_STATUS, NULL);

  self->account = account;
  return self;
}

void
sync_status_set_progress (SyncStatus *self, AccountDirection direction, SyncPhase phase, guint done, guint total, gint64 bytes)
{
  Activity *activity = &self->activities[direction];
  Activity before = *get_shown (self);
  double fraction = sync_status_get_fraction (self);
  const Activity *now;

  activity->phase = phase;
  activity->done = done;
  activity->total = total;
  activity->bytes = bytes;
  now = get_shown (self);

  g_object_freeze_notify (G_OBJECT (self));
  if (now->phase != before.phase)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PHASE]);
  if (now->done != before.done)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DONE]);
  if (now->total != before.total)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TOTAL]);
  if (now->bytes != before.bytes)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BYTES]);
  if (sync_status_get_fraction (self) != fraction)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FRACTION]);
  g_object_thaw_notify (G_OBJECT (self));
}

void
sync_status_set_result (SyncStatus *self, AccountDirection direction, const GError *problem, gint64 now)
{
  Activity *activity = &self->activities[direction];
  gboolean had_problem = activity->problem != NULL;

  g_clear_error (&activity->problem);
  activity->problem = problem ? g_error_copy (problem) : NULL;
  if (problem || had_problem)
    g_object_notify_by_pspec (G_OBJECT (self), props[direction == ACCOUNT_INCOMING ? PROP_PROBLEM : PROP_SEND_PROBLEM]);
  if (!problem && direction == ACCOUNT_INCOMING)
    {
      self->last_success = now;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LAST_SUCCESS]);
    }
}

void
sync_status_set_alert (SyncStatus *self, const char *alert)
{
  if (!alert || g_strcmp0 (alert, self->alert) == 0)
    return;
  g_free (self->alert);
  self->alert = g_strdup (alert);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ALERT]);
}

const char *
sync_status_get_alert (SyncStatus *self)
{
  return self->alert;
}

gint64
sync_status_get_account (SyncStatus *self)
{
  return self->account;
}

SyncPhase
sync_status_get_phase (SyncStatus *self)
{
  return get_shown (self)->phase;
}

guint
sync_status_get_done (SyncStatus *self)
{
  return get_shown (self)->done;
}

guint
sync_status_get_total (SyncStatus *self)
{
  return get_shown (self)->total;
}

gint64
sync_status_get_bytes (SyncStatus *self)
{
  return get_shown (self)->bytes;
}

double
sync_status_get_fraction (SyncStatus *self)
{
  const Activity *shown = get_shown (self);

  if (shown->total == 0 || shown->phase == SYNC_IDLE)
    return -1;
  return MIN (1.0, (double) shown->done / shown->total);
}

const GError *
sync_status_get_problem (SyncStatus *self)
{
  return self->activities[ACCOUNT_INCOMING].problem;
}

const GError *
sync_status_get_send_problem (SyncStatus *self)
{
  return self->activities[ACCOUNT_OUTGOING].problem;
}
