/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done with the message that is read, as actions with keys: sizes, finding, pictures, printing, saving. */
#include "reader-actions.h"

#include "reader-saving.h"
#include "reader-source.h"

static GtkWindow *
get_window (ReaderPage *page)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page)));
}

static gboolean
has_name (GSimpleAction *action, const char *name)
{
  return g_str_equal (g_action_get_name (G_ACTION (action)), name);
}

static void
on_show_images (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  reader_page_show_images (data, has_name (action, "always-show-images"));
}

static void
on_zoom (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  reader_page_zoom (data, has_name (action, "zoom-in") ? 1.2 : has_name (action, "zoom-out") ? 1 / 1.2 : 0);
}

static void
on_find (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  reader_body_find (reader_page_get_content (data), has_name (action, "find-next") ? 1 : has_name (action, "find-previous") ? -1 : 0);
}

static void
on_select_all (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  reader_body_select_all (reader_page_get_content (data));
}

static void
on_printed (GFile *file, const GError *error, gpointer data)
{
  g_autoptr (ReaderPage) page = data;

  if (error)
    reader_page_tell_failure (page, error);
}

static void
on_print (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  reader_body_print (reader_page_get_content (data), get_window (data), on_printed, g_object_ref (data));
}

static void
on_print_preview (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  reader_saving_preview (data);
}

static void
on_view_source (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  reader_source_present (get_window (data), reader_page_get_body (data));
}

static void
on_save (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  reader_saving_begin (data, has_name (action, "save-text") ? READER_SAVING_TEXT : has_name (action, "save-pdf") ? READER_SAVING_PDF : READER_SAVING_MESSAGE);
}

static void
on_open_calendar (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  reader_page_open_calendar (data);
}

static void
on_plain_text (GSimpleAction *action, GVariant *state, gpointer data)
{
  g_object_set (data, "is-plain", g_variant_get_boolean (state), NULL);
}

static const GActionEntry entries[] = {
  { .name = "save", .activate = on_save },
  { .name = "save-text", .activate = on_save },
  { .name = "save-pdf", .activate = on_save },
  { .name = "find", .activate = on_find },
  { .name = "find-next", .activate = on_find },
  { .name = "find-previous", .activate = on_find },
  { .name = "print", .activate = on_print },
  { .name = "print-preview", .activate = on_print_preview },
  { .name = "select-all", .activate = on_select_all },
  { .name = "view-source", .activate = on_view_source },
  { .name = "open-calendar", .activate = on_open_calendar },
  { .name = "plain-text", .state = "false", .change_state = on_plain_text },
  { .name = "show-images", .activate = on_show_images },
  { .name = "always-show-images", .activate = on_show_images },
  { .name = "zoom-in", .activate = on_zoom },
  { .name = "zoom-out", .activate = on_zoom },
  { .name = "zoom-normal", .activate = on_zoom },
};

static void
set_enabled (GActionMap *map, const char *name, gboolean is_enabled)
{
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (map, name)), is_enabled);
}

static void
on_body_changed (ReaderPage *page, GParamSpec *pspec, GActionMap *map)
{
  static const char *const names[] = {
    "save", "save-text", "save-pdf", "find", "find-next", "find-previous", "print", "print-preview", "select-all", "view-source"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    set_enabled (map, names[i], reader_page_get_body (page) != NULL);
}

static void
on_offer_changed (ReaderPage *page, GParamSpec *pspec, GActionMap *map)
{
  gboolean offers_images;

  g_object_get (page, "offers-images", &offers_images, NULL);
  set_enabled (map, "show-images", offers_images);
  set_enabled (map, "always-show-images", offers_images);
}

static void
on_plain_changed (ReaderPage *page, GParamSpec *pspec, GActionMap *map)
{
  gboolean is_plain;

  g_object_get (page, "is-plain", &is_plain, NULL);
  g_simple_action_set_state (G_SIMPLE_ACTION (g_action_map_lookup_action (map, "plain-text")), g_variant_new_boolean (is_plain));
}

/* The application's shortcuts reach the window's actions only, and these are the pane's. */
static void
add_shortcuts (GtkWidget *holder)
{
  static const char *const shortcuts[][2] = {
    { "<Control>s", "reader.save" },
    { "<Control><Shift>f", "reader.find" },
    { "F3", "reader.find-next" },
    { "<Shift>F3", "reader.find-previous" },
    { "<Control>p", "reader.print" },
    { "<Control>u", "reader.view-source" },
    { "<Control>plus|<Control>equal|<Control>KP_Add", "reader.zoom-in" },
    { "<Control>minus|<Control>KP_Subtract", "reader.zoom-out" },
    { "<Control>0|<Control>KP_0", "reader.zoom-normal" },
  };
  GtkShortcutController *controller = GTK_SHORTCUT_CONTROLLER (gtk_shortcut_controller_new ());

  gtk_shortcut_controller_set_scope (controller, GTK_SHORTCUT_SCOPE_GLOBAL);
  for (gsize i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_shortcut_controller_add_shortcut (controller, gtk_shortcut_new (gtk_shortcut_trigger_parse_string (shortcuts[i][0]),
                                                                        gtk_named_action_new (shortcuts[i][1])));
  gtk_widget_add_controller (holder, GTK_EVENT_CONTROLLER (controller));
}

/* Nothing here holds the page: it would hold itself by way of its ancestor's actions. */
void
reader_actions_attach (ReaderPage *page, GtkWidget *holder)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), page);
  g_signal_connect_object (page, "notify::body", G_CALLBACK (on_body_changed), group, 0);
  g_signal_connect_object (page, "notify::offers-images", G_CALLBACK (on_offer_changed), group, 0);
  g_signal_connect_object (page, "notify::is-plain", G_CALLBACK (on_plain_changed), group, 0);
  on_body_changed (page, NULL, G_ACTION_MAP (group));
  on_offer_changed (page, NULL, G_ACTION_MAP (group));
  gtk_widget_insert_action_group (holder, "reader", G_ACTION_GROUP (group));
  add_shortcuts (holder);
}
