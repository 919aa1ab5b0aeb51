/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The switches of the message list: by conversations, by days, and of what is found the best first. */
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
} switches[] = { { "conversations", FALSE }, { "group-by-day", TRUE }, { "best-first", FALSE } };

static gboolean
is_on (AppState *state, gsize i)
{
  return app_state_get_int (state, "messages", switches[i].action, switches[i].is_on);
}

static void
arrange (ModelMessageList *list, AppState *state)
{
  model_message_list_set_arrangement (list, is_on (state, 0), is_on (state, 1));
  model_message_list_set_is_best_first (list, is_on (state, 2));
}

static void
on_chosen (GSimpleAction *action, GVariant *value, Arrangement *self)
{
  app_state_set_int (self->state, "messages", g_action_get_name (G_ACTION (action)), g_variant_get_boolean (value));
  g_simple_action_set_state (action, value);
  arrange (self->list, self->state);
}

/* It has no meaning but for what is found. */
static void
on_search_changed (ModelMessageList *list, GParamSpec *pspec, GSimpleAction *best_first)
{
  g_simple_action_set_enabled (best_first, model_message_list_get_search (list) != NULL);
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
      if (g_str_equal (switches[i].action, "best-first"))
        {
          g_signal_connect_object (list, "notify::search", G_CALLBACK (on_search_changed), action, 0);
          on_search_changed (list, NULL, action);
        }
    }
  arrange (list, state);
}
