/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of the message list: an id at first, the summary when it is in view. */
#include "model-message.h"

#include "mail-address.h"

#define MAX_NAMES 8

struct _ModelMessage
{
  GObject parent_instance;
  gint64 id;
  MailSummary *summary;
  MailHighlight *highlight; /* (nullable) */
  ModelPlace place;
};

enum
{
  PROP_0,
  PROP_ID,
  PROP_IS_LOADED,
  PROP_SUBJECT,
  PROP_FROM,
  PROP_TO,
  PROP_DATE,
  PROP_RECEIVED,
  PROP_SIZE,
  PROP_IS_UNREAD,
  PROP_IS_FLAGGED,
  PROP_IS_ANSWERED,
  PROP_IS_FORWARDED,
  PROP_HAS_ATTACHMENTS,
  PROP_IS_WHOLE,
  N_SUMMARY_PROPS,
  PROP_HIGHLIGHT = N_SUMMARY_PROPS,
  PROP_SECTION,
  PROP_N_MORE,
  PROP_IS_EXPANDED,
  PROP_IS_REPLY,
  N_PROPS
};

static GParamSpec *props[N_PROPS];
static guint changed_signal;

G_DEFINE_FINAL_TYPE (ModelMessage, model_message, G_TYPE_OBJECT)

static gboolean
has_flag (const MailSummary *summary, MailFlags flag)
{
  return summary && (summary->flags & flag);
}

/* One switch for reading a property and for telling whether it differs between two summaries. */
static void
get_value (const MailSummary *summary, guint prop_id, GValue *value)
{
  switch (prop_id)
    {
    case PROP_IS_LOADED:
      g_value_set_boolean (value, summary != NULL);
      break;
    case PROP_SUBJECT:
      g_value_set_string (value, summary ? summary->subject : "");
      break;
    case PROP_FROM:
      g_value_take_string (value, model_message_dup_people (summary ? summary->from : NULL));
      break;
    case PROP_TO:
      g_value_take_string (value, model_message_dup_people (summary ? summary->to : NULL));
      break;
    case PROP_DATE:
      g_value_set_int64 (value, summary ? summary->date : 0);
      break;
    case PROP_RECEIVED:
      g_value_set_int64 (value, summary ? summary->received : 0);
      break;
    case PROP_SIZE:
      g_value_set_int64 (value, summary ? summary->size : 0);
      break;
    case PROP_IS_UNREAD:
      g_value_set_boolean (value, summary && !has_flag (summary, MAIL_FLAG_SEEN));
      break;
    case PROP_IS_FLAGGED:
      g_value_set_boolean (value, has_flag (summary, MAIL_FLAG_FLAGGED));
      break;
    case PROP_IS_ANSWERED:
      g_value_set_boolean (value, has_flag (summary, MAIL_FLAG_ANSWERED));
      break;
    case PROP_IS_FORWARDED:
      g_value_set_boolean (value, has_flag (summary, MAIL_FLAG_FORWARDED));
      break;
    case PROP_HAS_ATTACHMENTS:
      g_value_set_boolean (value, summary && summary->has_attachments);
      break;
    case PROP_IS_WHOLE:
      g_value_set_boolean (value, !summary || summary->is_whole);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
model_message_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  ModelMessage *self = MODEL_MESSAGE (object);

  switch (prop_id)
    {
    case PROP_ID:
      g_value_set_int64 (value, self->id);
      break;
    case PROP_HIGHLIGHT:
      g_value_set_boxed (value, self->highlight);
      break;
    case PROP_SECTION:
      g_value_set_int64 (value, self->place.section);
      break;
    case PROP_N_MORE:
      g_value_set_uint (value, self->place.n_more);
      break;
    case PROP_IS_EXPANDED:
      g_value_set_boolean (value, self->place.is_expanded);
      break;
    case PROP_IS_REPLY:
      g_value_set_boolean (value, self->place.is_reply);
      break;
    default:
      get_value (self->summary, prop_id, value);
    }
}

static void
model_message_finalize (GObject *object)
{
  g_clear_pointer (&MODEL_MESSAGE (object)->summary, mail_summary_unref);
  g_clear_pointer (&MODEL_MESSAGE (object)->highlight, mail_highlight_unref);
  G_OBJECT_CLASS (model_message_parent_class)->finalize (object);
}

static GParamSpec *
boolean_spec (const char *name)
{
  return g_param_spec_boolean (name, NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
}

static void
model_message_class_init (ModelMessageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = model_message_get_property;
  object_class->finalize = model_message_finalize;

  props[PROP_ID] = g_param_spec_int64 ("id", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_IS_LOADED] = boolean_spec ("is-loaded");
  props[PROP_SUBJECT] = g_param_spec_string ("subject", NULL, NULL, "", flags);
  props[PROP_FROM] = g_param_spec_string ("from", NULL, NULL, "", flags);
  props[PROP_TO] = g_param_spec_string ("to", NULL, NULL, "", flags);
  props[PROP_DATE] = g_param_spec_int64 ("date", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  props[PROP_RECEIVED] = g_param_spec_int64 ("received", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  props[PROP_SIZE] = g_param_spec_int64 ("size", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  props[PROP_IS_UNREAD] = boolean_spec ("is-unread");
  props[PROP_IS_FLAGGED] = boolean_spec ("is-flagged");
  props[PROP_IS_ANSWERED] = boolean_spec ("is-answered");
  props[PROP_IS_FORWARDED] = boolean_spec ("is-forwarded");
  props[PROP_HAS_ATTACHMENTS] = boolean_spec ("has-attachments");
  props[PROP_IS_WHOLE] = boolean_spec ("is-whole");
  props[PROP_HIGHLIGHT] = g_param_spec_boxed ("highlight", NULL, NULL, MAIL_TYPE_HIGHLIGHT, flags);
  props[PROP_SECTION] = g_param_spec_int64 ("section", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  props[PROP_N_MORE] = g_param_spec_uint ("n-more", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_IS_EXPANDED] = boolean_spec ("is-expanded");
  props[PROP_IS_REPLY] = boolean_spec ("is-reply");
  g_object_class_install_properties (object_class, N_PROPS, props);
  changed_signal = g_signal_new ("changed", MODEL_TYPE_MESSAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
model_message_init (ModelMessage *self)
{
}

ModelMessage *
model_message_new (gint64 id)
{
  ModelMessage *self = g_object_new (MODEL_TYPE_MESSAGE, NULL);

  self->id = id;
  return self;
}

static gboolean
is_different (const MailSummary *a, const MailSummary *b, guint prop_id)
{
  g_auto (GValue) left = G_VALUE_INIT;
  g_auto (GValue) right = G_VALUE_INIT;

  g_value_init (&left, props[prop_id]->value_type);
  g_value_init (&right, props[prop_id]->value_type);
  get_value (a, prop_id, &left);
  get_value (b, prop_id, &right);
  return g_param_values_cmp (props[prop_id], &left, &right) != 0;
}

void
model_message_set_summary (ModelMessage *self, MailSummary *summary)
{
  MailSummary *old = self->summary;

  g_return_if_fail (MODEL_IS_MESSAGE (self));

  if (old == summary)
    return;
  self->summary = summary ? mail_summary_ref (summary) : NULL;
  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = PROP_IS_LOADED; i < N_SUMMARY_PROPS; i++)
    if (is_different (old, summary, i))
      g_object_notify_by_pspec (G_OBJECT (self), props[i]);
  g_object_thaw_notify (G_OBJECT (self));
  g_clear_pointer (&old, mail_summary_unref);
  g_signal_emit (self, changed_signal, 0);
}

void
model_message_set_highlight (ModelMessage *self, MailHighlight *highlight)
{
  MailHighlight *old = self->highlight;

  if (old == highlight)
    return;
  self->highlight = highlight ? mail_highlight_ref (highlight) : NULL;
  g_clear_pointer (&old, mail_highlight_unref);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_HIGHLIGHT]);
  g_signal_emit (self, changed_signal, 0);
}

void
model_message_set_place (ModelMessage *self, const ModelPlace *place)
{
  const ModelPlace old = self->place;
  const gboolean is_new[N_PROPS] = {
    [PROP_SECTION] = old.section != place->section,
    [PROP_N_MORE] = old.n_more != place->n_more,
    [PROP_IS_EXPANDED] = old.is_expanded != place->is_expanded,
    [PROP_IS_REPLY] = old.is_reply != place->is_reply,
  };
  gboolean has_new = FALSE;

  self->place = *place;
  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = PROP_SECTION; i < N_PROPS; i++)
    if (is_new[i])
      {
        g_object_notify_by_pspec (G_OBJECT (self), props[i]);
        has_new = TRUE;
      }
  g_object_thaw_notify (G_OBJECT (self));
  if (has_new)
    g_signal_emit (self, changed_signal, 0);
}

const ModelPlace *
model_message_get_place (ModelMessage *self)
{
  return &self->place;
}

MailHighlight *
model_message_get_highlight (ModelMessage *self)
{
  return self->highlight;
}

gint64
model_message_get_id (ModelMessage *self)
{
  return self->id;
}

gboolean
model_message_is_loaded (ModelMessage *self)
{
  return self->summary != NULL;
}

MailSummary *
model_message_get_summary (ModelMessage *self)
{
  return self->summary;
}

MailFlags
model_message_get_flags (ModelMessage *self)
{
  return self->summary ? self->summary->flags : 0;
}

char *
model_message_dup_people (const GPtrArray *addresses)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; addresses && i < addresses->len && i < MAX_NAMES; i++)
    {
      if (text->len)
        g_string_append (text, ", ");
      g_string_append (text, mail_address_get_label (addresses->pdata[i]));
    }
  if (addresses && addresses->len > MAX_NAMES)
    g_string_append (text, ", …");
  return g_string_free (g_steal_pointer (&text), FALSE);
}
