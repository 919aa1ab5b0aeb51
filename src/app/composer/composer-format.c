/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The formatting row: turns buttons and keys into the editor's commands, and shows what is on where one writes. */
#include "composer-format.h"

#include "app-flow.h"
#include "base-config.h"

#include <string.h>

struct _ComposerFormat
{
  GtkWidget parent_instance;
  GSimpleActionGroup *actions;
  ComposerEditor *editor;   /* the same template's as the row */

  /* the template's */
  GtkMenuButton *link_button;
  GtkEditable *link_entry;
  GtkPopover *color_popover;
  GtkMenuButton *spelling_button;
};

enum
{
  SIGNAL_PICTURE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ComposerFormat, composer_format, GTK_TYPE_WIDGET)

static const struct
{
  const char *action, *command;
  WebState flag;
} toggles[] = {
  { "bold", "Bold", WEB_STATE_BOLD },
  { "italic", "Italic", WEB_STATE_ITALIC },
  { "underline", "Underline", WEB_STATE_UNDERLINE },
};

static void
run_command (ComposerFormat *self, const char *command, const char *value)
{
  composer_editor_command (self->editor, command, value);
  gtk_widget_grab_focus (GTK_WIDGET (self->editor));
}

static void
on_state (ComposerFormat *self, guint state)
{
  for (gsize i = 0; i < G_N_ELEMENTS (toggles); i++)
    g_action_change_state (g_action_map_lookup_action (G_ACTION_MAP (self->actions), toggles[i].action),
                           g_variant_new_boolean ((state & toggles[i].flag) != 0));
}

/* What WebKit says of it comes later. */
static void
on_toggled (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GVariant) state = g_action_get_state (G_ACTION (action));

  g_simple_action_set_state (action, g_variant_new_boolean (!g_variant_get_boolean (state)));
  for (gsize i = 0; i < G_N_ELEMENTS (toggles); i++)
    if (g_str_equal (g_action_get_name (G_ACTION (action)), toggles[i].action))
      run_command (data, toggles[i].command, NULL);
}

static void
on_do (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  run_command (data, g_variant_get_string (parameter, NULL), NULL);
}

static void
on_color (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ComposerFormat *self = data;

  gtk_popover_popdown (self->color_popover);
  run_command (self, "ForeColor", g_variant_get_string (parameter, NULL));
}

/* Tab leaves the text, as it does where it is plain. */
static void
on_leave (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkDirectionType direction = g_variant_get_boolean (parameter) ? GTK_DIR_TAB_FORWARD : GTK_DIR_TAB_BACKWARD;

  g_signal_emit_by_name (gtk_widget_get_root (data), "move-focus", direction);
}

static void
on_picture (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_signal_emit (data, signals[SIGNAL_PICTURE], 0);
}

/* Links: an address without a scheme is one of the web, or a person's */

static char *
make_uri (const char *typed)
{
  g_autofree char *text = g_strstrip (g_strdup (typed));

  if (!*text)
    return NULL;
  if (g_str_has_prefix (text, "http://") || g_str_has_prefix (text, "https://") || g_str_has_prefix (text, "mailto:"))
    return g_steal_pointer (&text);
  return g_strconcat (strchr (text, '@') && !strchr (text, '/') ? "mailto:" : "https://", text, NULL);
}

static void
on_link_entered (ComposerFormat *self)
{
  g_autofree char *uri = make_uri (gtk_editable_get_text (self->link_entry));

  gtk_menu_button_popdown (self->link_button);
  if (uri)
    composer_editor_link (self->editor, uri);
  gtk_editable_set_text (self->link_entry, "");
  gtk_widget_grab_focus (GTK_WIDGET (self->editor));
}

static void
on_link (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_menu_button_popup (COMPOSER_FORMAT (data)->link_button);
}

/* The object */

static void
composer_format_dispose (GObject *object)
{
  GtkWidget *child;

  gtk_widget_dispose_template (GTK_WIDGET (object), COMPOSER_TYPE_FORMAT);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (composer_format_parent_class)->dispose (object);
}

/* Whoever the actions were inserted into may hold them for longer. */
static void
composer_format_finalize (GObject *object)
{
  ComposerFormat *self = COMPOSER_FORMAT (object);
  g_auto (GStrv) names = g_action_group_list_actions (G_ACTION_GROUP (self->actions));

  for (char **name = names; *name; name++)
    g_action_map_remove_action (G_ACTION_MAP (self->actions), *name);
  g_object_unref (self->actions);
  G_OBJECT_CLASS (composer_format_parent_class)->finalize (object);
}

static void
composer_format_class_init (ComposerFormatClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = composer_format_dispose;
  G_OBJECT_CLASS (klass)->finalize = composer_format_finalize;
  signals[SIGNAL_PICTURE] = g_signal_new ("picture", COMPOSER_TYPE_FORMAT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_TOOLBAR);
  gtk_widget_class_set_layout_manager_type (widget_class, APP_TYPE_FLOW);
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/composer/composer-format.ui");
  gtk_widget_class_bind_template_child (widget_class, ComposerFormat, link_button);
  gtk_widget_class_bind_template_child (widget_class, ComposerFormat, link_entry);
  gtk_widget_class_bind_template_child (widget_class, ComposerFormat, color_popover);
  gtk_widget_class_bind_template_child (widget_class, ComposerFormat, spelling_button);
  gtk_widget_class_bind_template_callback (widget_class, on_link_entered);
}

static void
composer_format_init (ComposerFormat *self)
{
  static const GActionEntry entries[] = {
    { .name = "bold", .activate = on_toggled, .state = "false" },
    { .name = "italic", .activate = on_toggled, .state = "false" },
    { .name = "underline", .activate = on_toggled, .state = "false" },
    { .name = "do", .activate = on_do, .parameter_type = "s" },
    { .name = "color", .activate = on_color, .parameter_type = "s" },
    { .name = "leave", .activate = on_leave, .parameter_type = "b" },
    { .name = "link", .activate = on_link },
    { .name = "picture", .activate = on_picture },
  };

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
composer_format_set_editor (ComposerFormat *self, ComposerEditor *editor)
{
  self->editor = editor;
  g_signal_connect_object (editor, "state", G_CALLBACK (on_state), self, G_CONNECT_SWAPPED);
}

GActionGroup *
composer_format_get_actions (ComposerFormat *self)
{
  return G_ACTION_GROUP (self->actions);
}

void
composer_format_enable (ComposerFormat *self, gboolean is_enabled)
{
  g_auto (GStrv) names = g_action_group_list_actions (G_ACTION_GROUP (self->actions));

  for (char **name = names; *name; name++)
    g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), *name)), is_enabled);
  gtk_widget_set_sensitive (GTK_WIDGET (self), is_enabled);
}

void
composer_format_set_spelling_menu (ComposerFormat *self, GMenuModel *menu)
{
  gtk_menu_button_set_menu_model (self->spelling_button, menu);
}
