/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The switches of the message list: by conversations, by days. */
#include "messages-arrangement.h"

typedef struct
{
  ModelMessageList *list;
  AppState *state;
} Arrangement;

static void
arrangement_free (gpointer data, GClosure *closure)
{
  Arrangement *self = data;

  g_object_unref (self->list);
  g_object_unref (self->state);
  g_free (self);
}

static const struct
{
  const char *action;
  gboolean is_on;   /* at first */
} switches[] = { { "conversations", FALSE }, { "group-by-day", TRUE } };

static gboolean
is_on (AppState *state, gsize i)
{
  return app_state_get_int (state, "messages", switches[i].action, switches[i].is_on);
}

static void
on_chosen (GSimpleAction *action, GVariant *value, Arrangement *self)
{
  app_state_set_int (self->state, "messages", g_action_get_name (G_ACTION (action)), g_variant_get_boolean (value));
  g_simple_action_set_state (action, value);
  model_message_list_set_arrangement (self->list, is_on (self->state, 0), is_on (self->state, 1));
}

void
messages_arrangement_add (GActionMap *map, ModelMessageList *list, AppState *state)
{
  for (gsize i = 0; i < G_N_ELEMENTS (switches); i++)
    {
      g_autoptr (GSimpleAction) action = g_simple_action_new_stateful (switches[i].action, NULL, g_variant_new_boolean (is_on (state, i)));
      Arrangement *arrangement = g_new (Arrangement, 1);

      *arrangement = (Arrangement) { g_object_ref (list), g_object_ref (state) };
      g_signal_connect_data (action, "change-state", G_CALLBACK (on_chosen), arrangement, arrangement_free, 0);
      g_action_map_add_action (map, G_ACTION (action));
    }
  model_message_list_set_arrangement (list, is_on (state, 0), is_on (state, 1));
}
