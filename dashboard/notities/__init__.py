"""What people write down themselves: scenarios, saved views, notes, agreements, work and what was seen."""
