/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys of the folder tree that GTK's lists do not know. */
#include "folders-keys.h"

#include "app-typed-word.h"
#include "folders-row.h"

typedef struct
{
  GtkListView *list;              /* it owns this */
  GtkSingleSelection *selection;  /* the list's */
  AppTypedWord *word;
} Keys;

static void
keys_free (gpointer data, GClosure *closure)
{
  Keys *self = data;

  app_typed_word_free (self->word);
  g_free (self);
}

/* (transfer full) (nullable) */
static GtkTreeListRow *
get_row (Keys *self, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (self->selection), position);
}

/* Selecting does not take the keyboard along: a row that is told of it does. */
static void
go_to (Keys *self, guint position)
{
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);
  gtk_single_selection_set_selected (self->selection, position);
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row; row = gtk_widget_get_next_sibling (row))
    if (gtk_widget_get_mapped (row) && (gtk_widget_get_state_flags (row) & GTK_STATE_FLAG_SELECTED))
      gtk_widget_grab_focus (row);
}

static gboolean
open_or_enter (Keys *self)
{
  guint position = gtk_single_selection_get_selected (self->selection);
  g_autoptr (GtkTreeListRow) row = get_row (self, position);

  if (!row || !gtk_tree_list_row_is_expandable (row))
    return row != NULL;
  if (gtk_tree_list_row_get_expanded (row))
    go_to (self, position + 1);
  else
    gtk_tree_list_row_set_expanded (row, TRUE);
  return TRUE;
}

static gboolean
fold_or_leave (Keys *self)
{
  guint position = gtk_single_selection_get_selected (self->selection);
  g_autoptr (GtkTreeListRow) row = get_row (self, position);
  g_autoptr (GtkTreeListRow) parent = row ? gtk_tree_list_row_get_parent (row) : NULL;

  if (row && gtk_tree_list_row_is_expandable (row) && gtk_tree_list_row_get_expanded (row))
    gtk_tree_list_row_set_expanded (row, FALSE);
  else if (parent)
    go_to (self, gtk_tree_list_row_get_position (parent));
  return row != NULL;
}

static gboolean
begins_with (Keys *self, guint position, const char *folded)
{
  g_autoptr (GtkTreeListRow) row = get_row (self, position);
  g_autoptr (ModelFolder) folder = row ? gtk_tree_list_row_get_item (row) : NULL;
  g_autofree char *title = folder ? g_utf8_casefold (folders_row_get_title (folder), -1) : NULL;

  return title && g_str_has_prefix (title, folded);
}

static void
go_to_word (Keys *self, const char *word, gboolean goes_on)
{
  g_autofree char *folded = g_utf8_casefold (word, -1);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  guint selected = gtk_single_selection_get_selected (self->selection);
  guint first = selected == GTK_INVALID_LIST_POSITION ? 0 : selected + (goes_on ? 1 : 0);

  for (guint i = 0; i < n; i++)
    if (begins_with (self, (first + i) % n, folded))
      {
        go_to (self, (first + i) % n);
        return;
      }
}

/* The list would move the focus alone. */
static gboolean
move_favourite (Keys *self, guint key, GdkModifierType state)
{
  const GdkModifierType both = GDK_CONTROL_MASK | GDK_SHIFT_MASK;
  gboolean is_up = key == GDK_KEY_Up || key == GDK_KEY_KP_Up;

  if ((state & (both | GDK_ALT_MASK)) != both || (!is_up && key != GDK_KEY_Down && key != GDK_KEY_KP_Down))
    return FALSE;
  gtk_widget_activate_action (GTK_WIDGET (self->list), is_up ? "folder.favourite-up" : "folder.favourite-down", NULL);
  return TRUE;
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, Keys *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self->list)));
  gboolean is_mirrored = gtk_widget_get_direction (GTK_WIDGET (self->list)) == GTK_TEXT_DIR_RTL;
  gboolean is_plain = !(state & (GDK_SHIFT_MASK | GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK));
  gboolean goes_on = FALSE;
  const char *word;

  if (focus && GTK_IS_EDITABLE (focus)) /* a name is being edited */
    return GDK_EVENT_PROPAGATE;
  if (is_plain && (key == GDK_KEY_Right || key == GDK_KEY_KP_Right))
    return is_mirrored ? fold_or_leave (self) : open_or_enter (self);
  if (is_plain && (key == GDK_KEY_Left || key == GDK_KEY_KP_Left))
    return is_mirrored ? open_or_enter (self) : fold_or_leave (self);
  if (move_favourite (self, key, state))
    return GDK_EVENT_STOP;
  if (key == GDK_KEY_plus || key == GDK_KEY_minus || key == GDK_KEY_asterisk)
    return GDK_EVENT_PROPAGATE; /* they open and fold a row already */
  word = app_typed_word_type (self->word, key, state, g_get_monotonic_time (), &goes_on);
  if (!word)
    return GDK_EVENT_PROPAGATE;
  go_to_word (self, word, goes_on);
  return GDK_EVENT_STOP;
}

void
folders_keys_add (GtkListView *list, GtkSingleSelection *selection)
{
  GtkEventController *controller = gtk_event_controller_key_new ();
  Keys *self = g_new0 (Keys, 1);

  self->list = list;
  self->selection = selection;
  self->word = app_typed_word_new ();
  /* before the list's own, which would scroll sideways */
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_data (controller, "key-pressed", G_CALLBACK (on_key_pressed), self, keys_free, 0);
  gtk_widget_add_controller (GTK_WIDGET (list), controller);
}
